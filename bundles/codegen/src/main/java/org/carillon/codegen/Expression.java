package org.carillon.codegen;

/**
 * The size of an array over integer members that stand before it, in signed 64-bit arithmetic. What overflows or
 * divides by zero has no value, and neither has what is made of it; division drops the fraction, towards zero.
 */
sealed interface Expression {
    /** Stands for no value; no sum of values that are in range is as low. */
    long INVALID = Long.MIN_VALUE;

    record Constant(long value) implements Expression {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    record Member(String name, Scalar type) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    record Binary(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public String toString() {
            return operand(left, false) + " " + operator.sign + " " + operand(right, true);
        }

        private String operand(Expression operand, boolean isRight) {
            boolean isLoose = operand instanceof Binary inner && (isRight
                    ? inner.operator.strength <= operator.strength
                    : inner.operator.strength < operator.strength);
            return isLoose ? "(" + operand + ")" : operand.toString();
        }
    }

    /** What joins two values; its name is that of the function in generated code. */
    enum Operator {
        ADD('+', 1), SUBTRACT('-', 1), MULTIPLY('*', 2), DIVIDE('/', 2);

        private final char sign;
        private final int strength;

        Operator(char sign, int strength) {
            this.sign = sign;
            this.strength = strength;
        }

        /** The function of generated code. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private long apply(long left, long right) {
            if (left == INVALID || right == INVALID) {
                return INVALID;
            }
            try {
                return switch (this) {
                    case ADD -> Math.addExact(left, right);
                    case SUBTRACT -> Math.subtractExact(left, right);
                    case MULTIPLY -> Math.multiplyExact(left, right);
                    case DIVIDE -> Math.divideExact(left, right);
                };
            } catch (ArithmeticException e) {
                return INVALID;
            }
        }
    }

    default boolean isConstant() {
        return switch (this) {
            case Constant _ -> true;
            case Member _ -> false;
            case Binary binary -> binary.left.isConstant() && binary.right.isConstant();
        };
    }

    /** The value of one without members. */
    default long constant() {
        return switch (this) {
            case Constant constant -> constant.value;
            case Member member -> throw new IllegalStateException("expected no member: member=" + member.name);
            case Binary binary -> binary.operator.apply(binary.left.constant(), binary.right.constant());
        };
    }

    /** The product of two dimensions, neither of which may be negative. */
    static long area(long rows, long columns) {
        return rows < 0 || columns < 0 ? INVALID : Operator.MULTIPLY.apply(rows, columns);
    }
}
