package org.carillon.launcher.command.complete;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.bench.BenchMain;
import org.carillon.launcher.command.Main;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes down the words of the command for {@link WordTable}: a step of the build. */
final class WordWriter {
    private static final int MANY = 1_000;
    private static final String CHOICES = "[a-z0-9-]+(\\|[a-z0-9-]+)+";

    private WordWriter() {}

    /** @param arguments the file to write. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines(Main.commandLine()));
    }

    static List<String> lines(CommandLine command) {
        List<String> lines = new ArrayList<>();
        write(command, "", lines);
        return lines;
    }

    private static void write(CommandLine command, String path, List<String> lines) {
        if (!path.isEmpty()) {
            lines.add(line(path, "", WordTable.VERB, "", "", sentence(command.getCommandSpec().usageMessage()
                    .description())));
        }
        command.getCommandSpec().options().stream().filter(option -> !option.hidden())
                .forEach(option -> lines.add(line(path, option)));
        command.getCommandSpec().positionalParameters().stream()
                .sorted(Comparator.comparingInt(place -> place.index().min()))
                .forEach(place -> lines.add(line(path, place)));
        command.getSubcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .filter(each -> each.getKey().equals(each.getValue().getCommandName()))
                .forEach(each -> write(each.getValue(), (path + " " + each.getKey()).strip(), lines));
    }

    private static String line(String path, OptionSpec option) {
        int count = Math.min(MANY, option.arity().max());
        List<String> choices = count == 0 ? List.of() : choices(option);
        Kind kind = count == 0 ? Kind.FLAG : choices.isEmpty() ? kind(option, option.longestName()) : Kind.CHOICE;
        String names = Stream.of(option.names()).sorted(Comparator.comparingInt(String::length))
                .collect(Collectors.joining(" "));
        return line(path, names, kind.name(), Integer.toString(count), String.join("|", choices),
                sentence(option.description()));
    }

    private static String line(String path, PositionalParamSpec place) {
        List<String> choices = choices(place);
        Kind kind = choices.isEmpty() ? kind(place, "") : Kind.CHOICE;
        int count = place.index().isUnspecified() || place.index().max() == Integer.MAX_VALUE
                ? place.arity().max()
                : place.index().max() - place.index().min() + 1;
        return line(path, place.paramLabel().replace(' ', '_'), kind.name(), Integer.toString(Math.min(MANY, count)),
                String.join("|", choices), sentence(place.description()));
    }

    private static String line(String... fields) {
        return Arrays.stream(fields).map(field -> field.replaceAll("\\s+", " ")).collect(Collectors.joining(
                WordTable.FIELD));
    }

    private static String sentence(String[] description) {
        String text = String.join(" ", description).replaceAll("\\$\\{[^}]*}", "").replace("%%", "%");
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("[.:;]$", "");
    }

    private static List<String> choices(ArgSpec argument) {
        if (argument.paramLabel().matches(CHOICES)) {
            return List.of(argument.paramLabel().split("\\|"));
        }
        if (argument.type().isEnum()) {
            return Arrays.stream(argument.type().getEnumConstants()).map(each -> each.toString().toLowerCase(
                    Locale.ROOT)).toList();
        }
        return argument.paramLabel().equals("ARGUMENT") ? BenchMain.names() : List.of();
    }

    /** By what the help calls it: so a new verb that speaks the words of the others needs nothing here. */
    private static Kind kind(ArgSpec argument, String option) {
        boolean isPath = argument.type() == Path.class
                || argument.auxiliaryTypes().length > 0 && argument.auxiliaryTypes()[0] == Path.class;
        if (isPath) {
            return argument.paramLabel().equals("DIR") ? Kind.FOLDER : Kind.FILE;
        }
        return switch (argument.paramLabel()) {
            case "SOURCE" -> Kind.SOURCE;
            case "DESTINATION" -> Kind.DESTINATION;
            case "PORT" -> switch (argument.command().name()) {
                case "record" -> Kind.SOURCE;
                case "play" -> Kind.DESTINATION;
                default -> Kind.PORT;
            };
            case "SOURCE DESTINATION | ID" -> Kind.CONNECTION;
            case "SESSION" -> Kind.SESSION;
            case "DRIVER" -> Kind.DRIVER;
            case "DEVICE" -> Kind.DEVICE;
            case "PID" -> Kind.CONFIGURATION;
            case "FILE|PID" -> Kind.CONFIGURATION_FILE;
            case "X" -> option.equals("--instrument") ? Kind.FILE : Kind.FREE;
            default -> Kind.FREE;
        };
    }
}
