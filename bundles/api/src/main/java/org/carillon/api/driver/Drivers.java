package org.carillon.api.driver;

import java.io.InputStream;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The drivers folder: what is in it, and changes to it that are checked before they are made. Any thread but the
 * kernel's. All but {@link #list} may take seconds: they return when the change is in effect, or with the state that
 * says why it is not.
 *
 * @see CarillonException what every method but {@code list} throws where it refuses, with a message for people.
 */
@ProviderType
public interface Drivers {
    /** Every file of the folder, and those that were there since the server started; by name. */
    List<DriverInfo> list();

    /**
     * Puts a bundle into the folder, in the place of the one of that name if there is one.
     *
     * @param file name that the file gets: letters, digits and {@code . _ + -}, at its end {@code .jar}.
     * @param jar  the bundle; read to its end or to the size limit, and not closed.
     */
    DriverInfo install(String file, InputStream jar);

    /** Deletes a file of the folder; its driver ends and its ports go. */
    DriverInfo remove(String file);

    /** Starts a driver that was stopped or has failed. */
    DriverInfo start(String file);

    /** Stops a driver; its file stays. */
    DriverInfo stop(String file);
}
