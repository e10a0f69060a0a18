package org.carillon.webconsole;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.PrintWriter;
import java.util.List;

/** The same facts as {@link StateJson}, a line for each thing. */
final class StateText {
    private static final List<String> LISTS = List.of("drivers", "devices", "remembered", "ports", "connections",
            "sessions");
    private static final List<String> TABLES = List.of("counters", "drops");

    private StateText() {}

    static void print(JsonObject state, PrintWriter out) {
        out.println("ready: " + state.get("ready"));
        for (String list : LISTS) {
            out.println();
            out.println(list + ": " + state.get(list).asArray().size());
            state.get(list).asArray().forEach(each -> out.println("  " + line(each)));
        }
        for (String table : TABLES) {
            out.println();
            out.println(table + ":");
            state.get(table).asObject().forEach(each -> out.println("  " + each.getName() + "=" + each.getValue()));
        }
    }

    private static String line(JsonValue value) {
        if (value.isString()) {
            return value.asString();
        }
        if (!value.isObject()) {
            return value.toString();
        }
        StringBuilder line = new StringBuilder();
        value.asObject().forEach(member -> {
            String words = line(member.getValue());
            if (!words.isEmpty()) {
                line.append(line.isEmpty() ? "" : ", ").append(member.getName()).append('=')
                        .append(member.getValue().isObject() ? "(" + words + ")" : words);
            }
        });
        return line.toString();
    }
}
