package org.carillon.launcher.command.complete;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;

/**
 * {@code carillon __complete}, which completion scripts of shells call: {@code bash LINE BREAKS} for bash, which has
 * the line up to the cursor and the letters that part words for it; {@code words [WORD...] CURRENT} for shells that
 * take lines apart themselves, and put candidates together themselves. Candidates are lines, for the latter with a tab
 * and a description. {@code train} answers nobody and fails where no server is: the start script makes an archive of
 * classes from it. A main class of its own, since each class that is loaded costs who waits a part of a millisecond.
 */
public final class CompletionMain {
    /** File names may be typed, too. */
    static final int FILES = 10;
    /** Names of folders may be typed, too. */
    static final int FOLDERS = 11;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    /** A person waits. */
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private CompletionMain() {}

    /** @param arguments what follows {@code __complete}. */
    public static void main(String[] arguments) {
        StringBuilder text = new StringBuilder();
        int code = run(List.of(arguments), text);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(text);
        out.flush();
        Runtime.getRuntime().halt(code); // nothing is left to be put in order
    }

    /**
     * Answers.
     *
     * @param out for the candidates.
     * @return the exit code.
     */
    static int run(List<String> words, StringBuilder out) {
        if (words.equals(List.of("train"))) {
            return train();
        }
        if (words.size() < 2) {
            return WRONG_USAGE;
        }
        Answer.Files files = words.getFirst().equals("bash")
                ? bash(words.get(1), words.size() > 2 ? words.get(2) : "", out)
                : words(words.subList(1, words.size()), out);
        return switch (files) {
            case NONE -> DONE;
            case FILES -> FILES;
            case FOLDERS -> FOLDERS;
        };
    }

    private static int train() {
        StringBuilder text = new StringBuilder();
        for (String line : List.of("carillon connect ", "carillon disconnect ", "carillon client kick ",
                "carillon tap --o", "carillon co", "carillon log --level d")) {
            bash(line, "", text);
        }
        return client("").isServerThere() ? DONE : FAILED;
    }

    private static Answer.Files words(List<String> words, StringBuilder out) {
        Answer answer = completion().answer(words.subList(0, words.size() - 1), words.getLast());
        answer.candidates().forEach(each -> out.append(each.word()).append('\t').append(each.description())
                .append('\n'));
        return answer.files();
    }

    private static Answer.Files bash(String line, String breaks, StringBuilder out) {
        TypedLine typed = TypedLine.of(line);
        if (typed.words().isEmpty()) {
            return Answer.Files.NONE; // the program's own name
        }
        Answer answer = completion().answer(typed.words().subList(1, typed.words().size()), typed.current());
        new BashWord(line, typed, breaks).replacements(answer.candidates())
                .forEach(each -> out.append(each).append('\n'));
        return answer.files();
    }

    private static Completion completion() {
        return new Completion(CompletionMain::client);
    }

    private static CarillonClient client(String socket) {
        ClientOptions options = ClientOptions.named("carillon").within(LIMIT_NS).startedBy();
        return new CarillonClient(socket.isEmpty() ? options : options.at(Path.of(socket).toAbsolutePath()));
    }
}
