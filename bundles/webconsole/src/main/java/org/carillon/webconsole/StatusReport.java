package org.carillon.webconsole;

import java.io.PrintWriter;
import java.util.List;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.Kernel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The facts of the page as text: under Status of the console, and in the archive that people send with a report. */
@Component(property = {"felix.inventory.printer.name=carillon", "felix.inventory.printer.title=Carillon",
    "felix.inventory.printer.format=TEXT", "felix.inventory.printer.format=JSON"})
public final class StatusReport implements InventoryPrinter {
    private final House house;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Drivers drivers;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DeviceRegistry names;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Devices> devices = List.of();

    @Activate
    public StatusReport(@Reference Kernel kernel) {
        house = new House(kernel, () -> drivers, () -> names, () -> List.copyOf(devices));
    }

    @Override
    public void print(PrintWriter out, Format format, boolean isZip) {
        if (Format.JSON.equals(format)) {
            out.print(StateJson.of(house, System.nanoTime(), 0));
        } else {
            StateText.print(StateJson.of(house, System.nanoTime(), 0), out);
        }
    }
}
