package org.carillon.deploy;

import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What became of the components of a bundle that runs. Any thread. */
final class Components {
    private final ServiceComponentRuntime runtime;

    Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** Why a component could not be made, or empty. */
    String failure(Bundle bundle) {
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO each : runtime.getComponentConfigurationDTOs(component)) {
                if (each.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    return "component fails: component=" + component.name + ", reason=" + rootLine(each.failure);
                }
            }
        }
        return "";
    }

    /** What a component waits for, or empty. */
    String wish(Bundle bundle) {
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            if ("require".equals(component.configurationPolicy)
                    && runtime.getComponentConfigurationDTOs(component).stream().noneMatch(Components::isConfigured)) {
                return "waits for a configuration: pid=" + String.join(" ", component.configurationPid);
            }
        }
        return "";
    }

    private static boolean isConfigured(ComponentConfigurationDTO each) {
        return each.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
    }

    /** The runtime keeps a whole stack trace as text: the last cause is what began it. */
    private static String rootLine(String trace) {
        String line = "unknown";
        if (trace != null) {
            for (String each : trace.split("\n")) {
                if (line.equals("unknown") || each.startsWith("Caused by: ")) {
                    line = each;
                }
            }
        }
        return line.replaceFirst("^Caused by: ", "").strip();
    }
}
