package org.carillon.launcher.command.complete;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carillon.client.CarillonClient;

/** Says what may be typed next. */
public final class Completion {
    private static final Set<String> DESTINATIONS_ONLY = Set.of("-o", "--out");
    private static final Set<String> SOURCES_ONLY = Set.of("-i", "--in");
    private static final Set<String> SERVER = Set.of("-s", "--server");
    private static final String NO_MORE_OPTIONS = "--";
    private static final String REMOVE = "--remove";

    private final Verb root = WordTable.read();
    private final Function<String, CarillonClient> clients;

    /** @param clients of the server that has a socket; of the usual one where that is empty. */
    public Completion(Function<String, CarillonClient> clients) {
        this.clients = clients;
    }

    /** What the words say that have been typed. */
    private static final class Place {
        private Verb verb;
        private Verb.Place option;
        private int values;
        private int position;
        private boolean areOptionsOver;
        private String server = "";
        private String previous = "";
        private final Set<String> flags = new HashSet<>();

        Place(Verb verb) {
            this.verb = verb;
        }

        void take(String word) {
            if (option != null) {
                takeValue(word);
            } else if (!areOptionsOver && word.equals(NO_MORE_OPTIONS)) {
                areOptionsOver = true;
            } else if (!areOptionsOver && word.length() > 1 && word.startsWith("-")) {
                takeOption(word);
            } else if (position == 0 && verb.verbs().containsKey(word)) {
                verb = verb.verbs().get(word);
            } else {
                position++;
            }
            previous = word;
        }

        private void takeValue(String word) {
            if (option.names().stream().anyMatch(SERVER::contains)) {
                server = word;
            }
            values++;
            option = values < option.count() ? option : null;
        }

        private void takeOption(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            flags.add(name);
            Verb.Place found = verb.option(name);
            if (found != null && found.kind() != Kind.FLAG) {
                option = found;
                values = 0;
                if (equals >= 0) {
                    takeValue(word.substring(equals + 1));
                }
            }
        }
    }

    /**
     * What may stand in the place of a word.
     *
     * @param before  words after the program's name, without quotation marks.
     * @param current as far as it is typed.
     */
    public Answer answer(List<String> before, String current) {
        Place place = new Place(root);
        before.forEach(place::take);
        return of(place, current).matching(current);
    }

    private Answer of(Place place, String current) {
        int equals = current.indexOf('=');
        boolean isOption = !place.areOptionsOver && current.startsWith("-");
        if (place.option != null && !(place.values > 0 && isOption)) {
            return of(place.option, place.values, place);
        }
        if (isOption && equals > 0) {
            Verb.Place option = place.verb.option(current.substring(0, equals));
            return option == null ? Answer.of(List.of())
                    : prefixed(current.substring(0, equals + 1), of(option, 0,
                            place));
        }
        if (isOption) {
            return Answer.of(options(place, current));
        }
        if (place.position == 0 && !place.verb.verbs().isEmpty()) {
            return Answer.of(place.verb.verbs().entrySet().stream()
                    .map(each -> new Candidate(each.getKey(), each.getValue().description())).toList());
        }
        Verb.Position position = place.verb.position(place.position);
        return position == null ? Answer.of(List.of()) : of(position.place(), position.index(), place);
    }

    private static Answer prefixed(String prefix, Answer answer) {
        return new Answer(answer.candidates().stream().map(each -> new Candidate(prefix + each.word(), each
                .description())).toList(), answer.files());
    }

    /** The long names; the short ones, too, where nothing but the hyphen is typed. */
    private static List<Candidate> options(Place place, String current) {
        List<Candidate> options = new ArrayList<>();
        for (Verb.Place option : place.verb.options()) {
            Stream<String> names = current.equals("-") ? option.names().stream() : Stream.of(option.names().getLast());
            names.filter(name -> !place.flags.contains(name))
                    .forEach(name -> options.add(new Candidate(name, option.description())));
        }
        return options;
    }

    private Answer of(Verb.Place wanted, int index, Place place) {
        LiveNames live = new LiveNames(clients.apply(place.server));
        return switch (wanted.kind()) {
            case FLAG, FREE -> Answer.of(List.of());
            case CHOICE -> Answer.of(wanted.choices().stream().map(each -> new Candidate(each, "")).toList());
            case SOURCE -> Answer.of(live.ports(true, false));
            case DESTINATION -> Answer.of(live.ports(false, true));
            case PORT -> Answer.of(live.ports(place.flags.stream().noneMatch(DESTINATIONS_ONLY::contains),
                    place.flags.stream().noneMatch(SOURCES_ONLY::contains)));
            case CONNECTION -> Answer.of(index == 0 ? live.connections() : live.destinationsOf(place.previous));
            case SESSION -> Answer.of(live.sessions());
            case DRIVER -> Answer.of(live.drivers());
            case DEVICE -> Answer.of(live.devices());
            case CONFIGURATION -> Answer.of(live.configurations());
            case CONFIGURATION_FILE -> place.flags.contains(REMOVE) ? Answer.of(live.configurations())
                    : Answer.of(Answer.Files.FILES);
            case FILE -> Answer.of(Answer.Files.FILES);
            case FOLDER -> Answer.of(Answer.Files.FOLDERS);
        };
    }
}
