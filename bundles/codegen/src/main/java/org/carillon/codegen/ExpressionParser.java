package org.carillon.codegen;

import java.util.function.Function;

/** Reads a size: numbers, earlier members, + - * / and parentheses. */
final class ExpressionParser {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_LENGTH = 200;

    private final Place place;
    private final String text;
    private final String where;
    private final Function<String, Expression> members;
    private int next;
    private int depth;

    /**
     * @param where named in messages.
     * @param members gives the integer member of a name, null for none.
     */
    ExpressionParser(Node.Text text, String where, Function<String, Expression> members) {
        place = text.place();
        this.text = text.text();
        this.where = where;
        this.members = members;
    }

    Expression parse() {
        if (text.length() > MAX_LENGTH) {
            throw wrong("expected a shorter size: limit=" + MAX_LENGTH);
        }
        Expression expression = sum();
        if (next < text.length()) {
            throw wrong("expected +, -, *, / or the end of the size: at=" + text.substring(next));
        }
        return expression;
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            if (take('+')) {
                left = new Expression.Binary(Expression.Operator.ADD, left, product());
            } else if (take('-')) {
                left = new Expression.Binary(Expression.Operator.SUBTRACT, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = factor();
        while (true) {
            if (take('*')) {
                left = new Expression.Binary(Expression.Operator.MULTIPLY, left, factor());
            } else if (take('/')) {
                left = new Expression.Binary(Expression.Operator.DIVIDE, left, factor());
            } else {
                return left;
            }
        }
    }

    private Expression factor() {
        if (take('(')) {
            if (++depth > MAX_DEPTH) {
                throw wrong("expected fewer parentheses in one another: limit=" + MAX_DEPTH);
            }
            Expression inner = sum();
            if (!take(')')) {
                throw wrong("expected a closing parenthesis");
            }
            depth--;
            return inner;
        }
        int start = next;
        while (next < text.length() && isWord(text.charAt(next))) {
            next++;
        }
        String word = text.substring(start, next);
        skipBlanks();
        if (word.isEmpty()) {
            throw wrong("expected a number, an earlier integer member or a parenthesis: at=" + text.substring(start));
        }
        return Character.isDigit(word.charAt(0)) ? number(word) : member(word);
    }

    private static boolean isWord(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private Expression number(String word) {
        try {
            return new Expression.Constant(Integer.parseInt(word));
        } catch (NumberFormatException e) {
            throw wrong("expected a number of at most " + Integer.MAX_VALUE + ": number=" + word);
        }
    }

    private Expression member(String word) {
        Expression member = members.apply(word);
        if (member == null) {
            throw wrong("expected an integer member that stands before the array: name=" + word);
        }
        return member;
    }

    private boolean take(char sign) {
        skipBlanks();
        if (next < text.length() && text.charAt(next) == sign) {
            next++;
            skipBlanks();
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
    }

    private Wrong wrong(String message) {
        return new Wrong(place, message + where + ", size=" + text);
    }
}
