package org.carillon.launcher.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A way to get a package. */
interface PackageSource {
    /** What it is, for people. */
    String name();

    /**
     * Gets the file of a package.
     *
     * @param folder   an empty one, to put it in.
     * @param progress hears how many bytes are there.
     * @return the file, not yet checked.
     * @throws IOException with the reason, where it cannot be had this way.
     */
    Path get(Parcel wanted, Path folder, LongConsumer progress) throws IOException, InterruptedException;
}
