package org.carillon.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of each language that writes, reads and judges values of all test schemas, in a process of its own. */
enum VectorProgram {
    JAVA {
        @Override
        void write(List<Schema> schemas, Path folder) throws IOException {
            Files.writeString(folder.resolve("golden/Draw.java"), resource("Draw.java"));
            Files.writeString(folder.resolve("golden/Desk.java"), resource("Desk.java"));
            Files.writeString(folder.resolve("golden/Vectors.java"), resource("Vectors.java").replace("$switches$",
                    new JavaMakers().text(schemas).indent(4).stripTrailing()));
        }

        @Override
        void build(Path folder) throws IOException {
            List<String> words = new ArrayList<>(List.of(java("javac"), "-Xlint:all", "-Werror", "-d", "classes"));
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(each -> each.toString().endsWith(".java")).map(Path::toString).forEach(words::add);
            }
            execute(folder, words);
        }

        @Override
        List<String> command() {
            return List.of(java("java"), "-cp", "classes", "golden.Vectors");
        }

        private static String java(String tool) {
            return Path.of(System.getProperty("java.home"), "bin", tool).toString();
        }
    },
    CPP {
        @Override
        void write(List<Schema> schemas, Path folder) throws IOException {
            Files.writeString(folder.resolve("draw.hpp"), resource("draw.hpp"));
            Files.writeString(folder.resolve("vectors.cpp"), resource("vectors.cpp")
                    .replace("$includes$", schemas.stream().map(each -> "#include \"golden/" + Makers.packageOf(each)
                            + ".hpp\"").collect(Collectors.joining("\n")))
                    .replace("$makers$", new CppMakers().text(schemas)));
        }

        @Override
        void build(Path folder) throws IOException {
            execute(folder, List.of("g++", "-std=c++17", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Wshadow",
                    "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-o", "vectors",
                    "vectors.cpp"));
        }

        @Override
        List<String> command() {
            return List.of("./vectors");
        }
    },
    PYTHON {
        @Override
        void write(List<Schema> schemas, Path folder) throws IOException {
            Files.writeString(folder.resolve("vectors.py"), resource("vectors.py")
                    .replace("$imports$", schemas.stream().map(each -> "import golden." + Makers.packageOf(each)
                            + " as golden_" + Makers.packageOf(each)).collect(Collectors.joining("\n")))
                    .replace("$makers$", new PythonMakers().text(schemas)));
        }

        @Override
        void build(Path folder) {
            // nothing to do
        }

        @Override
        List<String> command() {
            return List.of("python3", "-W", "error", "vectors.py");
        }
    };

    private static final int LIMIT_S = 120;

    private Path folder;

    abstract void write(List<Schema> schemas, Path folder) throws IOException;

    abstract void build(Path folder) throws IOException;

    abstract List<String> command();

    void prepare(List<Path> schemaFiles, Path target) throws IOException, SchemaException {
        folder = target.resolve(name());
        Files.createDirectories(folder);
        Language language = Language.valueOf(name());
        List<Schema> schemas = new ArrayList<>();
        for (Path each : schemaFiles) {
            Schema schema = Schema.read(each);
            schemas.add(schema);
            String separator = language == Language.CPP ? "::" : ".";
            Generate.write(each, language, folder, "golden" + separator + Makers.packageOf(schema));
        }
        write(schemas, folder);
        build(folder);
    }

    /** @param words what to do, the schema, and then numbers or files as the program has them. */
    void run(Object... words) throws IOException {
        List<String> all = new ArrayList<>(command());
        Stream.of(words).map(Object::toString).forEach(all::add);
        execute(folder, all);
    }

    /** Like {@link #run}, beside what else happens; ends with an error where the program does. */
    CompletableFuture<Void> start(Object... words) {
        return CompletableFuture.runAsync(() -> {
            try {
                run(words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void execute(Path folder, List<String> words) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("PYTHONDONTWRITEBYTECODE", "1", "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("expected an end: words=" + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("expected exit code 0: code=" + process.exitValue() + ", words=" + words + "\n"
                    + Files.readString(output));
        }
        Files.delete(output);
    }

    private static String resource(String name) {
        try (var in = VectorProgram.class.getResourceAsStream("golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
