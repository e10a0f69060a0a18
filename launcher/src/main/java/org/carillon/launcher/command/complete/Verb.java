package org.carillon.launcher.command.complete;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verb with what may be typed after it. */
final class Verb {
    /**
     * What has a value, or is one.
     *
     * @param names   of an option, the long ones last; of what is no option what the help calls it.
     * @param count   of values that it takes at most.
     * @param choices where it is one of some words.
     */
    record Place(List<String> names, Kind kind, int count, List<String> choices, String description) {}

    private final Map<String, Verb> verbs = new LinkedHashMap<>();
    private final List<Place> options = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final String description;

    Verb(String description) {
        this.description = description;
    }

    Map<String, Verb> verbs() {
        return verbs;
    }

    List<Place> options() {
        return options;
    }

    String description() {
        return description;
    }

    void add(Place place) {
        (place.names().getFirst().startsWith("-") ? options : places).add(place);
    }

    /** The option of a name, or null. */
    Place option(String name) {
        return options.stream().filter(each -> each.names().contains(name)).findFirst().orElse(null);
    }

    /** What the n-th word is that is no option, or null where nothing more is wanted; how many came before in it. */
    Position position(int index) {
        int before = index;
        for (Place place : places) {
            if (before < place.count()) {
                return new Position(place, before);
            }
            before -= place.count();
        }
        return null;
    }

    /** @param index of the word within the place. */
    record Position(Place place, int index) {}
}
