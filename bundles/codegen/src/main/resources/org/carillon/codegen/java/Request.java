
private final int id;
private final String word;
private final WireRight right;
private final boolean isOneWay;

$request$(int id, String word, WireRight right, boolean isOneWay) {
    this.id = id;
    this.word = word;
    this.right = right;
    this.isOneWay = isOneWay;
}

/** In packets; an unsigned 32-bit number. */
public int id() {
    return id;
}

/** As the schema calls it. */
public String word() {
    return word;
}

/** What a caller must be allowed at least. */
public WireRight right() {
    return right;
}

/** Whether nobody answers it. */
public boolean isOneWay() {
    return isOneWay;
}
