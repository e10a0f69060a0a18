package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import org.carillon.protocol.control.Alias;
import org.carillon.protocol.control.DeviceEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a device another name. */
@Command(name = "alias", description = "Give a device another name, which it keeps; without one the name that it came "
        + "with is its name again.", mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon alias keystation Piano", "  carillon alias Piano"})
public final class AliasCommand extends ServerVerb {
    @Parameters(index = "0", paramLabel = "DEVICE", description = "Name or alias that it has now.")
    private String device;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", defaultValue = "",
            description = "Name that it shall have.")
    private String alias;

    @Override
    void run() {
        String name = shownName(new Address(device).one("device",
                server().list((to, page) -> to.devices(page).devices()), AliasCommand::shownName, _ -> 0));
        server().look(to -> to.alias(new Alias(name, alias)));
        say(new JsonObject().add("device", name).add("alias", alias), name + " = " + alias);
    }

    private static String shownName(DeviceEntry device) {
        return device.alias().isEmpty() ? device.name() : device.alias();
    }
}
