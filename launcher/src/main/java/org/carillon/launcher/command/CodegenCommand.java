package org.carillon.launcher.command;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import org.carillon.codegen.Generate;
import org.carillon.codegen.Language;
import org.carillon.codegen.SchemaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes classes and request stubs from a description. */
@Command(name = "codegen",
        description = "Make classes that read and write the same bytes in Java, C++ and Python from a JSON list "
                + "of classes and requests.",
        mixinStandardHelpOptions = true,
        footer = {"", "A schema of one class with a matrix, n.json:",
            "  [{\"className\": \"SimpleMatrix\", \"members\": [", "      {\"name\": \"n\", \"type\": \"int\"},",
            "      {\"name\": \"a\", \"type\": \"array\", \"size\": [\"n*n\"], \"elem\": {\"type\": \"int\"}}]}]", "",
            "Example:", "  carillon codegen n.json --lang python --out ."})
public final class CodegenCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;

    @Parameters(paramLabel = "SCHEMA.json", description = "Classes and requests.")
    private Path schema;

    @Option(names = "--lang", paramLabel = "java|cpp|python", required = true, description = "What to write.")
    private String language;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the files; it is made "
            + "where it is missing.")
    private Path folder;

    @Option(names = "--package", paramLabel = "NAME", defaultValue = "",
            description = "Package, namespace (a::b) or module. Default: the name of the schema in small letters.")
    private String packageName;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> files = write();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonArray names = new JsonArray();
            files.forEach(file -> names.add(file.toString()));
            out.println(new JsonObject().add("schema", SCHEMA).add("files", names));
        } else {
            files.forEach(out::println);
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private List<Path> write() {
        try {
            return Generate.write(schema, Language.named(language), folder, packageName);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (SchemaException e) {
            throw failed(e.getMessage());
        } catch (NoSuchFileException e) {
            throw failed("file must exist: file=" + e.getMessage());
        } catch (IOException e) {
            throw failed("file cannot be read or written: reason=" + e);
        }
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }
}
