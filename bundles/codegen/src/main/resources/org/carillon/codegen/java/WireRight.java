package $package$;

/** What a caller may do; each right holds those before it. */
public enum WireRight {
    /** See what is there. */
    LOOK,
    /** Change ports and connections. */
    WIRE,
    /** Change the server. */
    ADMINISTER;

    boolean holds(WireRight wanted) {
        return compareTo(wanted) >= 0;
    }
}
