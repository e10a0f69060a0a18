package golden;

/** Values from a seed, the same in every language; extremes come often. */
public final class Draw {
    private static final int[] FLOATS = {0x7F800001, 0xFFC12345, 0x7FFFFFFF, 0x7F800000, 0x80000000, 1, 0xFF800001};
    private static final long[] DOUBLES = {0x7FF0000000000001L, 0xFFF8000012345678L, 0x7FFFFFFFFFFFFFFFL,
        0x7FF0000000000000L, 0x8000000000000000L, 1, 0xFFF0000000000001L};
    private static final long[] NUMBERS = {0, -1, 1, 0x7F7F7F7F7F7F7F7FL, 0x8080808080808080L, Long.MAX_VALUE,
        Long.MIN_VALUE, 0x7FFF7FFF7FFF7FFFL, 0x8000800080008000L, 0x7FFFFFFF7FFFFFFFL, 0x8000000080000000L};
    private static final String[] LETTERS = {"a", "\0", "\u007f", "\u00e9", "\u07ff", "\u0800", "\uffff",
        "\ud83d\ude00", "\udbff\udfff", "Z"};

    private long state;

    public Draw(long seed) {
        state = seed * 0x9E3779B97F4A7C15L + 1;
    }

    private long next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }

    public int below(int limit) {
        return (int) ((next() >>> 33) % limit);
    }

    public long number() {
        return below(3) == 0 ? NUMBERS[below(NUMBERS.length)] : next();
    }

    public boolean truth() {
        return below(2) == 1;
    }

    public float float32() {
        return Float.intBitsToFloat(below(3) == 0 ? FLOATS[below(FLOATS.length)] : (int) next());
    }

    public double float64() {
        return Double.longBitsToDouble(below(3) == 0 ? DOUBLES[below(DOUBLES.length)] : next());
    }

    public String string() {
        StringBuilder text = new StringBuilder();
        for (int left = below(9); left > 0; left--) {
            text.append(LETTERS[below(LETTERS.length)]);
        }
        return text.toString();
    }

    public byte[] bytes() {
        byte[] bytes = new byte[below(9)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) number();
        }
        return bytes;
    }
}
