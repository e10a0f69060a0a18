package org.carillon.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.carillon.launcher.FirstEvent;
import picocli.CommandLine.Command;

/** Runs through what every start needs: the start script makes its archive of classes from this. */
@Command(name = "first-event", hidden = true, description = "Start, route one event, wait for the end of input.")
public final class FirstEventCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        FirstEvent.main(new String[0]);
        return ExitCodes.DONE;
    }
}
