package org.carillon.webconsole;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The page of this server. {@code GET} of the page, of {@code state.json} and of what lies in {@code res/};
 * {@code POST} of an action in JSON to {@code do}, of a jar to {@code upload?file=NAME}.
 */
@Component(service = Servlet.class, configurationPid = WebServer.PID,
        property = {"felix.webconsole.label=carillon", "felix.webconsole.title=Carillon",
            "felix.webconsole.category=Carillon"})
public final class CarillonPage extends AbstractServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(CarillonPage.class.getName());
    private static final String ROOT = "/carillon";
    private static final Pattern RESOURCE = Pattern.compile("/carillon(/res/[a-z][a-z-]*\\.(?:js|css|svg))");
    private static final int MIB_SHIFT = 20;
    private static final int MAX_ACTION_BYTES = 65_536;
    private static final int HTTP_UNPROCESSABLE = 422;
    private static final String RULES = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final transient House house;
    private final transient Actions actions;
    private final long maxUploadBytes;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile Drivers drivers;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile DeviceRegistry names;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<Devices> devices = List.of();

    @Activate
    public CarillonPage(WebServerConfig config, @Reference Kernel kernel) {
        house = new House(kernel, () -> drivers, () -> names, () -> List.copyOf(devices));
        actions = new Actions(house);
        maxUploadBytes = (long) config.maxUploadMb() << MIB_SHIFT;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (path.equals(ROOT)) {
            page(response);
        } else if (path.equals(ROOT + "/state.json")) {
            send(response, HttpServletResponse.SC_OK, StateJson.of(house, System.nanoTime(), maxUploadBytes));
        } else if (RESOURCE.matcher(path).matches()) {
            resource(path.substring(ROOT.length()), response);
        } else {
            Gate.say(response, HttpServletResponse.SC_NOT_FOUND, "no such page: path=" + RequestRules.shown(path));
        }
    }

    private void page(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", RULES);
        response.setHeader("Cache-Control", "no-store");
        bytes("/res/page.html", "text/html;charset=utf-8", response);
    }

    private void resource(String name, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        bytes(name, name.endsWith(".js") ? "text/javascript;charset=utf-8"
                : name.endsWith(".css") ? "text/css;charset=utf-8" : "image/svg+xml", response);
    }

    private static void bytes(String name, String type, HttpServletResponse response) throws IOException {
        try (InputStream in = CarillonPage.class.getResourceAsStream(name)) {
            if (in == null) {
                Gate.say(response, HttpServletResponse.SC_NOT_FOUND, "no such file: name=" + name);
                return;
            }
            response.setContentType(type);
            in.transferTo(response.getOutputStream());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String path = request.getPathInfo() == null ? "" : request.getPathInfo();
            send(response, HttpServletResponse.SC_OK, Actions.done(switch (path) {
                case ROOT + "/do" -> actions.act(Json.parse(text(request)));
                case ROOT + "/upload" -> actions.install(request.getParameter("file"), request.getInputStream());
                default -> throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                        "no such action: path=" + RequestRules.shown(path));
            }));
        } catch (CarillonException e) {
            send(response, status(e.kind()), failed(StateJson.word(e.kind()), e.getMessage()));
        } catch (ParseException e) {
            send(response, HttpServletResponse.SC_BAD_REQUEST,
                    failed("wrong-usage", "expected JSON: reason=" + RequestRules.shown(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "action of the web console fails: path=" + request.getPathInfo(), e);
            send(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    failed("failed", "it did not work, the log says more: reason=" + e));
        }
    }

    /** A whole small body; by its type no form of another page can send it. */
    private static String text(HttpServletRequest request) throws IOException {
        String type = String.valueOf(request.getContentType());
        if (!type.startsWith("application/json") || request.getContentLengthLong() > MAX_ACTION_BYTES) {
            throw new CarillonException(CarillonException.Kind.WRONG_USAGE, "expected application/json of at most "
                    + MAX_ACTION_BYTES + " bytes: content-type=" + RequestRules.shown(type) + ", content-length="
                    + request.getContentLengthLong());
        }
        return new String(request.getInputStream().readNBytes(MAX_ACTION_BYTES), StandardCharsets.UTF_8);
    }

    private static JsonObject failed(String kind, String message) {
        return Json.object().add("ok", false).add("kind", kind).add("message", message);
    }

    private static int status(CarillonException.Kind kind) {
        return switch (kind) {
            case WRONG_USAGE -> HttpServletResponse.SC_BAD_REQUEST;
            case NO_SUCH_NAME -> HttpServletResponse.SC_NOT_FOUND;
            case REFUSED -> HttpServletResponse.SC_CONFLICT;
            case FAILED -> HTTP_UNPROCESSABLE;
            case UNREACHABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            case TIMED_OUT -> HttpServletResponse.SC_GATEWAY_TIMEOUT;
        };
    }

    private static void send(HttpServletResponse response, int status, JsonObject json) throws IOException {
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
