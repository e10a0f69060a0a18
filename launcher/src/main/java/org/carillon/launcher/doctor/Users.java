package org.carillon.launcher.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Users and groups as the system's files list them, {@code passwd(5)} and {@code group(5)}. */
record Users(Optional<String> passwords, Optional<String> groupList) {
    private static final int NAME = 0;
    private static final int NUMBER = 2;
    private static final int MEMBERS = 3;

    /** A group and who is listed as its member. */
    record Group(String name, long number, List<String> members) {}

    static Users of(Tree tree) {
        return new Users(tree.read("etc/passwd"), tree.read("etc/group"));
    }

    /** Empty too for a user that another place than the file knows. */
    Optional<String> name(long uid) {
        return passwords.flatMap(text -> text.lines().map(line -> line.split(":", -1))
                .filter(columns -> columns.length > NUMBER && isNumber(columns[NUMBER], uid))
                .map(columns -> columns[NAME]).filter(Users::isName).findFirst());
    }

    /** Empty where the file cannot be read. */
    Optional<List<Group>> groups() {
        return groupList.map(text -> {
            List<Group> groups = new ArrayList<>();
            text.lines().map(line -> line.split(":", -1)).filter(columns -> columns.length > MEMBERS)
                    .forEach(columns -> {
                        OptionalLong number = Numbers.parse(columns[NUMBER]);
                        if (number.isPresent() && isName(columns[NAME])) {
                            groups.add(new Group(columns[NAME], number.getAsLong(),
                                    Arrays.asList(columns[MEMBERS].split(","))));
                        }
                    });
            return groups;
        });
    }

    /** What may stand in a command or in a unit without quotes. */
    static boolean isName(String text) {
        return text.matches("[a-zA-Z_][a-zA-Z0-9_.-]{0,63}");
    }

    private static boolean isNumber(String text, long wanted) {
        OptionalLong number = Numbers.parse(text);
        return number.isPresent() && number.getAsLong() == wanted;
    }
}
