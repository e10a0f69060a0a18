package org.carillon.api.port;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds the one that somebody means: by its whole name, or by a part of it that no other has, in any case. */
public final class PortSearch {
    private PortSearch() {}

    /**
     * The name of a port.
     *
     * @throws CarillonException with the candidates, where there is none or more than one.
     */
    public static String find(String words, Direction direction, List<PortInfo> ports) {
        return find(words, direction.name().toLowerCase(Locale.ROOT),
                ports.stream().filter(port -> port.direction() == direction).map(PortInfo::name).toList());
    }

    /**
     * A name among others.
     *
     * @param kind what is named, in one or two words, for the message.
     * @throws CarillonException with the candidates, where there is none or more than one.
     */
    public static String find(String words, String kind, Collection<String> names) {
        if (names.contains(words)) {
            return words;
        }
        String part = words.toLowerCase(Locale.ROOT);
        List<String> known = names.stream().distinct().sorted().toList();
        List<String> found = known.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(part)).toList();
        if (found.size() != 1) {
            throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME, found.isEmpty()
                    ? "no " + kind + " of this name: name=" + words + ", known=" + String.join(" ", known)
                    : "name must be that of one " + kind + ": name=" + words + ", known=" + String.join(" ", found));
        }
        return found.getFirst();
    }
}
