package org.carillon.codegen;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The generator as a program: {@code Generate SCHEMA --lang java|cpp|python --out DIR [--package NAME]}. */
public final class Generate {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final List<String> OPTIONS = List.of("--lang", "--out", "--package");
    private static final String USAGE = "usage: SCHEMA --lang java|cpp|python --out DIR [--package NAME]";

    private Generate() {}

    /** Runs the generator and ends the program: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.err));
    }

    static int run(String[] arguments, PrintStream err) {
        Map<String, String> options = new HashMap<>();
        String schema = null;
        for (int i = 0; i < arguments.length; i++) {
            if (OPTIONS.contains(arguments[i]) && i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else if (schema == null && !arguments[i].startsWith("-")) {
                schema = arguments[i];
            } else {
                err.println("expected no more words: word=" + arguments[i] + "; " + USAGE);
                return WRONG_USAGE;
            }
        }
        if (schema == null || !options.containsKey("--lang") || !options.containsKey("--out")) {
            err.println(USAGE);
            return WRONG_USAGE;
        }
        try {
            Path file = Path.of(schema);
            Language language = Language.named(options.get("--lang"));
            write(file, language, Path.of(options.get("--out")), options.getOrDefault("--package", ""));
            return DONE;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        } catch (SchemaException e) {
            err.println(e.getMessage());
        } catch (NoSuchFileException e) {
            err.println("file must exist: file=" + e.getMessage());
        } catch (IOException e) {
            err.println("file cannot be read or written: reason=" + e);
        }
        return FAILED;
    }

    /**
     * Writes the classes of a schema. A file whose text is the same already is left as it is, so that builds see no
     * change.
     *
     * @param folder is made where it is missing; Java's packages become folders in it.
     * @param packageName empty: what the language takes for a schema of this name.
     * @return the files, also those that were left.
     * @throws SchemaException where the schema is wrong; nothing is written then.
     * @throws IOException where a file cannot be read or written.
     */
    public static List<Path> write(Path schema, Language language, Path folder, String packageName) throws IOException,
            SchemaException {
        Map<String, String> files = texts(Schema.read(schema), language, packageName);
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = folder.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            byte[] text = each.getValue().getBytes(StandardCharsets.UTF_8);
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), text)) {
                Files.write(file, text);
            }
        }
        return files.keySet().stream().map(folder::resolve).toList();
    }

    /**
     * The texts of files by their names, which may have folders.
     *
     * @param packageName empty: what the language takes for a schema of this name.
     * @throws IllegalArgumentException where it is no package name.
     */
    public static Map<String, String> texts(Schema schema, Language language, String packageName) {
        String name = packageName.isEmpty() ? schema.name().toLowerCase(Locale.ROOT) : packageName;
        return language.backEnd().files(schema, language.checkedPackage(name));
    }
}
