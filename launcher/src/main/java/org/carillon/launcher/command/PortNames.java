package org.carillon.launcher.command;

import java.util.List;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;

/** Finds the port that somebody means: by its whole name, or by a part of it that no other has. */
final class PortNames {
    private PortNames() {}

    /** @throws CarillonException with the candidates, where there is none or more than one. */
    static String find(String words, Direction direction, List<PortInfo> ports) {
        List<String> names = ports.stream().filter(port -> port.direction() == direction).map(PortInfo::name).sorted()
                .toList();
        if (names.contains(words)) {
            return words;
        }
        String part = words.toLowerCase(Locale.ROOT);
        List<String> found = names.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(part)).toList();
        if (found.size() != 1) {
            String kind = direction.name().toLowerCase(Locale.ROOT);
            throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME, found.isEmpty()
                    ? "no " + kind + " of this name: name=" + words + ", known=" + String.join(" ", names)
                    : "name must be that of one " + kind + ": name=" + words + ", known=" + String.join(" ", found));
        }
        return found.getFirst();
    }
}
