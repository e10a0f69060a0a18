package org.carillon.sampler.format;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions that a region may have beyond notes. They are judged once, with controllers and key switches as they are
 * at the start: a player that took no notice of them would sound all layers at once.
 */
final class SfzConditions {
    private static final Pattern CONTROLLER = Pattern.compile("(lo|hi)(?:hd)?cc(\\d{1,3})");
    private static final Pattern START = Pattern.compile("(start|on)_(lo|hi)(?:hd)?cc\\d+");
    private static final Pattern INITIAL = Pattern.compile("set_(?:hd)?cc(\\d{1,3})");
    private static final int VOLUME_CONTROLLER = 7;
    private static final int PAN_CONTROLLER = 10;
    private static final int EXPRESSION_CONTROLLER = 11;
    private static final double HIGHEST = 127;

    private final Map<Integer, Double> controllers = new HashMap<>(
            Map.of(VOLUME_CONTROLLER, 100.0, PAN_CONTROLLER, 64.0, EXPRESSION_CONTROLLER, HIGHEST));
    private final Notices notices;
    /** What is known of names, since each comes in many regions. */
    private final Map<String, Boolean> conditions = new HashMap<>();
    private int switchKey = NoteNames.NO_KEY;

    SfzConditions(Notices notices) {
        this.notices = notices;
    }

    /** Takes a value that a controller or key switch has at the start; false if it is none. */
    boolean takeInitial(SfzOpcode opcode) {
        Matcher initial = INITIAL.matcher(opcode.name());
        if (initial.matches()) {
            double value = value(opcode);
            controllers.put(Integer.parseInt(initial.group(1)), Double.isNaN(value) ? 0 : value);
            return true;
        }
        if (opcode.name().equals("sw_default")) {
            int key = SfzValues.plainKey(opcode.value());
            switchKey = key == NoteNames.NO_KEY ? switchKey : key;
            return true;
        }
        return false;
    }

    boolean isCondition(String name) {
        return conditions.computeIfAbsent(name, SfzConditions::match);
    }

    private static boolean match(String name) {
        return CONTROLLER.matcher(name).matches() || START.matcher(name).matches() || INITIAL.matcher(name).matches()
                || switch (name) {
                    case "sw_last", "sw_down", "sw_up", "sw_previous", "sw_default", "sw_lokey", "sw_hikey", "lobend",
                            "hibend" ->
                        true;
                    default -> false;
                };
    }

    /** Whether a region with these opcodes sounds as things are at the start. */
    boolean hold(Map<String, SfzOpcode> opcodes) {
        boolean holds = true;
        for (SfzOpcode opcode : opcodes.values()) {
            if (isCondition(opcode.name()) && !opcode.name().startsWith("set_")) {
                String topic = SfzVocabulary.topic(opcode.name());
                notices.once(topic, Notice.Kind.NOT_HONOURED, opcode.place(),
                        "controllers and key switches choose regions once, as they are at the start" + opcode.shown());
                holds &= holds(opcode);
            }
        }
        return holds;
    }

    private boolean holds(SfzOpcode opcode) {
        Matcher controller = CONTROLLER.matcher(opcode.name());
        if (controller.matches()) {
            double now = controllers.getOrDefault(Integer.parseInt(controller.group(2)), 0.0);
            double limit = value(opcode);
            return Double.isNaN(limit) || (controller.group(1).equals("lo") ? now >= limit : now <= limit);
        }
        return switch (opcode.name()) {
            case "sw_last" -> {
                int key = SfzValues.plainKey(opcode.value());
                // where no switch is on at the start, the first one that is met
                switchKey = switchKey == NoteNames.NO_KEY ? key : switchKey;
                yield key == switchKey;
            }
            case "lobend" -> !(value(opcode) > 0);
            case "hibend" -> !(value(opcode) < 0);
            case "sw_down", "sw_previous" -> false;
            default -> !START.matcher(opcode.name()).matches();
        };
    }

    /** In the steps of 0 to 127, also of opcodes that count to 1. */
    private static double value(SfzOpcode opcode) {
        return SfzValues.plainNumber(opcode.value()) * (opcode.name().contains("hdcc") ? HIGHEST : 1);
    }
}
