package org.carillon.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows in columns as wide as their widest cell; numbers to the right. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<String> numbers;

    /** @param numbers those of the headings whose columns hold numbers. */
    Table(Set<String> numbers, String... headings) {
        this.numbers = numbers;
        rows.add(List.of(headings));
    }

    Table(String... headings) {
        this(Set.of(), headings);
    }

    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell).isEmpty() ? "-" : String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** @param none what is said where there is no row. */
    String text(String none) {
        if (rows.size() == 1) {
            return none;
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(width(column) - cell.length());
                boolean isNumber = numbers.contains(rows.getFirst().get(column));
                line.append(column == 0 ? "" : GAP).append(isNumber ? padding + cell : cell + padding);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
