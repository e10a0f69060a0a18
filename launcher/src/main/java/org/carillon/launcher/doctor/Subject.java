package org.carillon.launcher.doctor;

/** What is looked at, before it is known how it is. */
record Subject(String id, Level level) {
    static Subject required(String id) {
        return new Subject(id, Level.REQUIRED);
    }

    static Subject advised(String id) {
        return new Subject(id, Level.ADVISED);
    }

    static Subject info(String id) {
        return new Subject(id, Level.INFO);
    }

    Finding pass(String value) {
        return new Finding(id, level, value, Verdict.PASS, "", "");
    }

    /** As bad as the level makes it. */
    Finding lacking(String value, String advice, String undo) {
        return new Finding(id, level, value, level == Level.REQUIRED ? Verdict.FAIL : Verdict.WARN, advice, undo);
    }

    /** Never so bad that the exit code tells of it. */
    Finding warn(String value, String advice, String undo) {
        return new Finding(id, level, value, Verdict.WARN, advice, undo);
    }

    /** @param reason why it is not known. */
    Finding unknown(String reason) {
        return unknown(reason, "");
    }

    Finding unknown(String reason, String advice) {
        return new Finding(id, level, reason, Verdict.UNKNOWN, advice, "");
    }
}
