package org.carillon.webconsole;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.InputStream;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;

/** What the page may ask for. Each answers with a sentence, or is refused with one. */
final class Actions {
    private final House house;

    Actions(House house) {
        this.house = house;
    }

    /**
     * Does what an object with the word {@code do} asks for.
     *
     * @return what has been done, for people.
     * @throws CarillonException where it is refused or fails.
     */
    String act(JsonValue request) {
        if (!request.isObject()) {
            throw usage("expected a JSON object: value=" + RequestRules.shown(request.toString()));
        }
        JsonObject words = request.asObject();
        String what = word(words, "do");
        return switch (what) {
            case "connect" -> connect(words);
            case "disconnect" -> {
                house.kernel().wiring().disconnect(word(words, "source"), word(words, "destination"));
                yield "disconnected " + word(words, "source") + " from " + word(words, "destination");
            }
            case "filter" -> {
                house.kernel().wiring().filter(word(words, "source"), word(words, "destination"),
                        optional(words, "filter"));
                yield "filter changed";
            }
            case "alias" -> {
                house.needNames().alias(word(words, "name"), optional(words, "alias"));
                yield "renamed " + word(words, "name") + "; connections follow the new name";
            }
            case "start" -> told(house.needDrivers().start(word(words, "file")));
            case "stop" -> told(house.needDrivers().stop(word(words, "file")));
            case "remove" -> told(house.needDrivers().remove(word(words, "file")));
            case "untap" -> untap(words);
            case "panic" -> {
                house.kernel().wiring().panic();
                yield "every destination is silenced";
            }
            default -> throw usage("expected do to be connect, disconnect, untap, filter, alias, start, stop, remove "
                    + "or panic: do=" + RequestRules.shown(what));
        };
    }

    /** Takes a driver bundle; it is read to its end or to the limit of the drivers folder. */
    String install(String file, InputStream jar) {
        if (file == null) {
            throw usage("expected a file name: file=none");
        }
        return told(house.needDrivers().install(file, jar));
    }

    private String connect(JsonObject words) {
        String source = word(words, "source");
        String destination = word(words, "destination");
        JsonValue loops = words.get("loops");
        house.kernel().wiring().connect(source, destination, optional(words, "filter"),
                loops != null && loops.isTrue() ? Wiring.Loops.ALLOWED : Wiring.Loops.REFUSED);
        return "connected " + source + " to " + destination;
    }

    private String untap(JsonObject words) {
        Direction of = switch (word(words, "of")) {
            case "source" -> Direction.SOURCE;
            case "destination" -> Direction.DESTINATION;
            default -> throw usage("expected of to be source or destination: of=" + RequestRules.shown(word(words,
                    "of")));
        };
        house.kernel().wiring().untap(of, word(words, "source"), word(words, "destination"));
        return "ended the tap of " + word(words, "source");
    }

    private static String told(DriverInfo driver) {
        String line = driver.file() + " is " + StateJson.word(driver.state())
                + (driver.reason().isEmpty() ? "" : ": " + driver.reason());
        if (driver.state() == DriverInfo.State.FAILED || driver.state() == DriverInfo.State.FENCED) {
            throw new CarillonException(Kind.FAILED, line);
        }
        return line;
    }

    private static String word(JsonObject words, String key) {
        String value = optional(words, key);
        if (value.isBlank()) {
            throw usage("expected a word for " + key + ": " + key + "=" + RequestRules.shown(value));
        }
        return value;
    }

    private static String optional(JsonObject words, String key) {
        JsonValue value = words.get(key);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw usage("expected text for " + key + ": " + key + "=" + RequestRules.shown(value.toString()));
        }
        return value.asString();
    }

    private static CarillonException usage(String message) {
        return new CarillonException(Kind.WRONG_USAGE, message);
    }

    /** The answer as JSON. */
    static JsonObject done(String message) {
        return Json.object().add("ok", true).add("message", message);
    }
}
