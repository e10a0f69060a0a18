package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.carillon.configuration.ConfigurationCheck;
import org.carillon.configuration.Descriptions;
import org.carillon.configuration.Finding;
import org.carillon.launcher.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with configuration files, by what the bundles say of themselves. */
@Command(name = "check",
        description = "Say what is wrong with configuration files, with line, column and key, as the "
                + "server would when it reads them. Needs no server.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code: 0 where nothing is wrong, 1 where anything is.", "", "Example:",
            "  carillon config check 'config/org.carillon.driver.loopback~loop.cfg.json'"})
public final class ConfigCheckCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;
    private static final String KEPT = "config";

    @Parameters(paramLabel = "FILE", arity = "0..*",
            description = "PID.cfg.json or PID~name.cfg.json, or .cfg. Without one: all of config/ of the "
                    + "installation, and those that a server has kept apart beside its data.")
    private List<Path> files = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Folder that the server writes to. Default: data/ of "
            + "the distribution.")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = Home.of(Optional.empty());
        ConfigurationCheck check = new ConfigurationCheck(descriptions(home));
        Path kept = (data == null ? home.data() : data).resolve(KEPT);
        List<Path> checked = files.isEmpty() ? files(home, kept) : files;
        List<Finding> findings = new ArrayList<>(ConfigurationCheck.overruled(checked, kept));
        for (Path file : checked) {
            try {
                findings.addAll(check.check(file));
            } catch (NoSuchFileException e) {
                throw failed("file must exist: file=" + file);
            } catch (IOException e) {
                throw failed("file cannot be read: file=" + file + ", reason=" + e.getMessage());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(checked, findings) : text(checked, findings));
        out.flush();
        return findings.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static Descriptions descriptions(Home home) {
        Descriptions descriptions = new Descriptions();
        try (Stream<Path> bundles = Files.walk(home.bundles())) {
            for (Path jar : Stream.concat(bundles, list(home.drivers())).filter(f -> f.toString().endsWith(".jar"))
                    .sorted().toList()) {
                descriptions.addJar(jar);
            }
            return descriptions;
        } catch (IOException e) {
            throw failed("bundles cannot be read: folder=" + home.bundles() + ", reason=" + e.getMessage());
        }
    }

    private static List<Path> files(Home home, Path kept) {
        return Stream.concat(list(home.configuration()), list(kept)).filter(ConfigurationCheck::isConfiguration)
                .sorted().toList();
    }

    private static Stream<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw failed("folder cannot be read: folder=" + folder + ", reason=" + e.getMessage());
        }
    }

    private static String json(List<Path> checked, List<Finding> findings) {
        JsonArray files = new JsonArray();
        checked.forEach(file -> files.add(file.toString()));
        JsonArray array = new JsonArray();
        findings.forEach(each -> array.add(new JsonObject().add("file", each.file().toString())
                .add("line", each.line()).add("column", each.column()).add("key", each.key())
                .add("severity", severity(each)).add("message", each.message())));
        return Json.object().add("schema", SCHEMA).add("files", files).add("findings", array).toString();
    }

    private static String text(List<Path> checked, List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Path file : checked) {
            List<Finding> ofFile = findings.stream().filter(each -> each.file().equals(file)).toList();
            text.append(ofFile.isEmpty() ? "good   " : "wrong  ").append(file).append('\n');
            ofFile.forEach(each -> text.append(String.format("  %-8s %-8s %-16s %s%n", each.line() + ":"
                    + each.column(), severity(each), each.key(), each.message())));
        }
        return text.append("files=").append(checked.size()).append(", findings=").append(findings.size()).toString();
    }

    private static String severity(Finding finding) {
        return finding.kind() == Finding.Kind.ERROR ? "error" : Finding.Kind.WARNING.name().toLowerCase(Locale.ROOT);
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }
}
