package org.carillon.transport.shm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs in Python with the client's modules. Every warning is an error. */
final class PythonProgram {
    /** As the distribution has them. */
    static final Path MODULES = Path.of("../client/target/python").toAbsolutePath().normalize();

    private static final Path CLIENT = Path.of("../client").toAbsolutePath().normalize();

    private PythonProgram() {}

    /** @param program in the client's folder. */
    static ClientProgram start(String program, Path socket, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("python3", "-W", "error", CLIENT.resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("PYTHONPATH", MODULES.toString(), "PYTHONDONTWRITEBYTECODE", "1",
                "CARILLON_SERVER", socket.toString()));
        return new ClientProgram(builder);
    }

    /** Runs a tool that must end well; what it said. */
    static String tool(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().putAll(environment);
        try (ClientProgram program = new ClientProgram(builder)) {
            return program.end();
        }
    }
}
