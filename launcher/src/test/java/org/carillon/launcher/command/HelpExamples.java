package org.carillon.launcher.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The examples that verbs print in their help. */
final class HelpExamples {
    private static final String HEADING = "Example:";

    private HelpExamples() {}

    /**
     * An example.
     *
     * @param verb  as it is typed.
     * @param line  as it is printed, without the space before it.
     * @param holds whether the verb may go on until somebody ends it: its help speaks of Ctrl-C.
     */
    record Example(String verb, String line, boolean holds) {}

    /** Verbs that do something themselves, hidden ones left out. */
    static List<CommandLine> verbs(CommandLine line) {
        List<CommandLine> verbs = new ArrayList<>();
        for (CommandLine verb : line.getSubcommands().values()) {
            if (!verb.getSubcommands().isEmpty()) {
                verbs.addAll(verbs(verb));
            } else if (!verb.getCommandSpec().usageMessage().hidden()) {
                verbs.add(verb);
            }
        }
        return verbs;
    }

    /** Of a verb, as a person sees them. */
    static List<Example> of(CommandLine verb) {
        List<Example> examples = new ArrayList<>();
        boolean isBehind = false;
        String help = verb.getUsageMessage(CommandLine.Help.Ansi.OFF);
        for (String line : help.lines().toList()) {
            if (isBehind && line.startsWith("  ")) {
                examples.add(new Example(verb.getCommandSpec().qualifiedName(), line.strip(),
                        help.contains("Ctrl-C")));
            }
            isBehind |= line.equals(HEADING);
        }
        return examples;
    }
}
