package org.carillon.launcher.command.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.launcher.command.complete.Answer;
import org.carillon.launcher.command.complete.Completion;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what may be typed next; the reader chooses among it by what is typed already. */
record LineCompleter(Completion completion) implements Completer {
    private static final String COMMAND = "carillon";
    private static final String HELP = "help";
    private static final String HIDDEN = ".";

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        if (!before.isEmpty() && before.getFirst().equals(COMMAND)) {
            before = before.subList(1, before.size());
        }
        if (before.isEmpty()) {
            candidates.add(new Candidate(HELP, HELP, null, "List verbs, or explain one", null, null, true));
            candidates.add(new Candidate("exit", "exit", null, "End the shell", null, null, true));
        } else if (before.getFirst().equals(HELP)) {
            before = before.subList(1, before.size());
        }
        Answer answer = completion.answer(before, line.word().startsWith("-") ? line.word() : "");
        answer.candidates().forEach(each -> candidates.add(new Candidate(each.word(), each.word(), null,
                each.description().isEmpty() ? null : each.description(), null, null, true)));
        if (answer.files() != Answer.Files.NONE) {
            files(line.word(), answer.files() == Answer.Files.FOLDERS, candidates);
        }
    }

    private static void files(String typed, boolean areFolders, List<Candidate> candidates) {
        String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
            files.filter(file -> !areFolders || Files.isDirectory(file)).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                boolean isFolder = Files.isDirectory(file);
                if (!name.startsWith(HIDDEN) || typed.substring(folder.length()).startsWith(HIDDEN)) {
                    candidates.add(new Candidate(folder + name + (isFolder ? "/" : ""), name + (isFolder ? "/" : ""),
                            null, null, null, null, !isFolder));
                }
            });
        } catch (IOException | RuntimeException _) { // no such folder: then there is nothing in it
            return;
        }
    }
}
