package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.launcher.doctor.Paint;

/**
 * A list for people, for programs and for other commands.
 *
 * @param key     of the list in the JSON object.
 * @param rows    in their order.
 * @param columns what people see of a row, by key.
 * @param name    of a row, where only names are wanted.
 */
record Listing(String key, List<JsonObject> rows, List<String> columns, Function<JsonObject, String> name) {
    private static final String GAP = "  ";

    String json() {
        JsonArray array = new JsonArray();
        rows.forEach(array::add);
        return new JsonObject().add("schema", ServerVerb.SCHEMA).add(key, array) + System.lineSeparator();
    }

    String plain() {
        return rows.stream().map(row -> name.apply(row) + System.lineSeparator()).collect(Collectors.joining());
    }

    String text() {
        return text(new Paint(false));
    }

    /** What is absent is grey where somebody looks. */
    String text(Paint paint) {
        if (rows.isEmpty()) {
            return "no " + key + System.lineSeparator();
        }
        List<List<String>> table = rows.stream().map(row -> columns.stream().map(column -> word(row.get(column)))
                .toList()).toList();
        List<String> heading = columns.stream().map(column -> column.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toList();
        int[] widths = IntStream.range(0, columns.size()).map(column -> Math.max(heading.get(column).length(),
                table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))).toArray();
        return line(heading, widths) + IntStream.range(0, rows.size()).mapToObj(row -> isAbsent(rows.get(row))
                ? paint.absent(line(table.get(row), widths))
                : line(table.get(row), widths)).collect(Collectors.joining());
    }

    private static boolean isAbsent(JsonObject row) {
        return row.getString("state", "").startsWith("absent");
    }

    private static String word(JsonValue value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "yes" : "no";
        }
        return value.isString() ? value.asString() : value.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }
}
