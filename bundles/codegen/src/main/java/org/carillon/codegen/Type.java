package org.carillon.codegen;

import java.util.List;

/** What a member is made of. */
sealed interface Type permits Scalar, Type.Text, Type.Bytes, Type.Nested, Type.Array {
    /** Unicode, as UTF-8. */
    record Text() implements Type {}

    /** Bytes of any meaning. */
    record Bytes() implements Type {}

    /** Another class, by name, since two classes may name each other by way of arrays. */
    record Nested(String className) implements Type {}

    /** Elements in row-major order, as many as the product of its sizes; elements are no arrays. */
    record Array(List<Expression> sizes, Type element) implements Type {
        /** As a person would write the count. */
        String count() {
            return String.join(" * ", sizes.stream().map(size -> sizes.size() > 1 && size instanceof Expression.Binary
                    ? "(" + size + ")"
                    : size.toString()).toList());
        }

        boolean isConstant() {
            return sizes.stream().allMatch(Expression::isConstant);
        }

        /** Of one of constant size; {@link Expression#INVALID} where there is none. */
        long constantCount() {
            long count = 1;
            for (Expression size : sizes) {
                count = Expression.area(count, size.constant());
            }
            return count;
        }
    }
}
