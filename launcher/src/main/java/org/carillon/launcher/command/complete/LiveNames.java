package org.carillon.launcher.command.complete;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ServerView;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Page;

/** Names that a running server knows; none where none runs. Never starts one. */
final class LiveNames {
    private static final int PAGE = 256;

    private final CarillonClient client;

    LiveNames(CarillonClient client) {
        this.client = client;
    }

    /** A part of a list, from its first entry on. */
    @FunctionalInterface
    private interface Part<T> {
        T[] from(ControlClient server, Page page) throws java.io.IOException;
    }

    /** Without those that have control characters, which no line can hold. */
    private static List<Candidate> clean(Stream<Candidate> candidates) {
        return candidates.filter(each -> each.word().chars().noneMatch(Character::isISOControl))
                .filter(each -> !each.word().isEmpty()).distinct().toList();
    }

    private List<Candidate> seen(Function<ServerView, Stream<Candidate>> names) {
        try {
            return clean(names.apply(client.look()));
        } catch (ClientException _) { // who completes a line does not ask why there are no names
            return List.of();
        }
    }

    private <T> List<Candidate> asked(Part<T> part, Function<T, Candidate> candidate) {
        try {
            return clean(client.ask(server -> {
                List<T> all = new ArrayList<>();
                while (true) {
                    T[] next = part.from(server, new Page(all.size(), PAGE, ""));
                    if (next.length == 0) {
                        return all;
                    }
                    all.addAll(List.of(next));
                }
            }).stream().map(candidate));
        } catch (ClientException _) { // as above
            return List.of();
        }
    }

    List<Candidate> ports(boolean areSources, boolean areDestinations) {
        return seen(view -> view.ports().stream()
                .filter(port -> port.isDestination() ? areDestinations : areSources)
                .map(port -> new Candidate(port.name(), areSources && areDestinations
                        ? "port"
                        : (port.isDestination() ? "destination" : "source") + " of " + port.session())));
    }

    /** Their sources, and after these their numbers. */
    List<Candidate> connections() {
        return seen(view -> {
            List<ConnectionEntry> all = connections(view).toList();
            return Stream.concat(all.stream().map(each -> new Candidate(each.source(), "source of a connection")),
                    all.stream().map(each -> new Candidate("#" + each.connectionId(), each.source() + " --> "
                            + each.destination())));
        });
    }

    List<Candidate> destinationsOf(String source) {
        return seen(view -> connections(view)
                .filter(each -> each.source().toLowerCase(Locale.ROOT).contains(source.toLowerCase(Locale.ROOT)))
                .map(each -> new Candidate(each.destination(), "destination of a connection")));
    }

    private static Stream<ConnectionEntry> connections(ServerView view) {
        return view.connections().stream().filter(each -> each.tap() == 0);
    }

    List<Candidate> sessions() {
        return asked((server, page) -> server.sessions(page).sessions(),
                each -> new Candidate(each.isDriver() ? "" : each.name(), each.program()));
    }

    List<Candidate> drivers() {
        return asked((server, page) -> server.drivers(page).drivers(),
                each -> new Candidate(each.file(), each.state().toLowerCase(Locale.ROOT)));
    }

    List<Candidate> devices() {
        return asked((server, page) -> server.devices(page).devices(),
                each -> new Candidate(each.alias().isEmpty() ? each.name() : each.alias(), each.state().toLowerCase(
                        Locale.ROOT)));
    }

    List<Candidate> configurations() {
        return asked((server, page) -> server.configurations(page).pids(), each -> new Candidate(each, ""));
    }
}
