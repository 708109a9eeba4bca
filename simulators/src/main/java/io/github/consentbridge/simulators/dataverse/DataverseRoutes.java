package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.registration.RegistrationRoutes;
import io.github.consentbridge.simulators.dataverse.registration.SystemTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Service;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the route of a request, single or inside a batch, and turns refusals into answers. */
final class DataverseRoutes implements Service {
    private static final Pattern WEB_API = Pattern.compile("/api/data/v9\\.[0-2]/(.*)");
    private static final Set<RouteKind> CONTACT_KINDS =
            EnumSet.range(RouteKind.FIND_CONTACTS, RouteKind.DELETE_CONTACT);
    private static final Pattern ROLES =
            Pattern.compile("systemusers\\(([0-9a-fA-F-]{36})\\)/systemuserroles_association");
    private static final Pattern CONTACT = Pattern.compile("contacts\\((.*)\\)");

    private final ContactPages pages;
    private final ContactRoutes contacts;
    private final MetadataRoutes metadata;
    private final AuditRoutes audit;
    private final RegistrationRoutes registration;
    private final Privileges privileges;
    private final BatchRoute batch;
    private final Faults faults;
    private final DataverseCounters counters;
    private final UUID applicationUser;
    private final UUID organization;

    DataverseRoutes(
            ContactPages pages,
            ContactRoutes contacts,
            MetadataRoutes metadata,
            AuditRoutes audit,
            RegistrationRoutes registration,
            Privileges privileges,
            BatchRoute batch,
            Faults faults,
            DataverseCounters counters,
            UUID applicationUser,
            UUID organization) {
        this.pages = pages;
        this.contacts = contacts;
        this.metadata = metadata;
        this.audit = audit;
        this.registration = registration;
        this.privileges = privileges;
        this.batch = batch;
        this.faults = faults;
        this.counters = counters;
        this.applicationUser = applicationUser;
        this.organization = organization;
    }

    @Override
    public RouteKind kind(Call call) {
        String path = path(call);
        if (path.equals("$batch") || path.equals("%24batch")) {
            return RouteKind.BATCH;
        } else if (path.equals("WhoAmI") || path.equals("WhoAmI()")) {
            return RouteKind.WHO_AM_I;
        } else if (path.startsWith("EntityDefinitions")) {
            return RouteKind.METADATA;
        } else if (ROLES.matcher(path).matches()) {
            return RouteKind.ROLES;
        } else if (path.startsWith(AuditRoutes.HISTORY)) {
            return RouteKind.AUDIT_HISTORY;
        } else if (path.equals("contacts")) {
            return call.is("POST") ? RouteKind.CREATE_CONTACT : RouteKind.FIND_CONTACTS;
        } else if (registration.table(path).isPresent()) {
            return RouteKind.REGISTRATION;
        } else if (!CONTACT.matcher(path).matches()) {
            return RouteKind.UNKNOWN;
        }
        return switch (call.method()) {
            case "PATCH", "PUT" -> RouteKind.UPDATE_CONTACT;
            case "DELETE" -> RouteKind.DELETE_CONTACT;
            default -> RouteKind.READ_CONTACT;
        };
    }

    @Override
    public Reply answer(Call call) {
        Reply reply;
        try {
            checkODataHeaders(call);
            reply = route(call, kind(call));
        } catch (DataverseError e) {
            reply = e.reply();
        }
        if (reply.status() == 412) {
            counters.conflict();
        }
        return reply;
    }

    @Override
    public Reply error(int status) {
        return switch (status) {
            case 429 ->
                DataverseError.reply(
                        429,
                        "0x80072322",
                        "Number of requests exceeded the limit of 6000, measured over time window of 300 seconds.");
            case 503 -> Reply.text(503, "text/html", "<html><body>The service is unavailable.</body></html>");
            case 412 -> DataverseError.versionMismatch().reply();
            default -> DataverseError.reply(status, "0x80040216", "An unexpected error occurred.");
        };
    }

    private Reply route(Call call, RouteKind kind) {
        String path = path(call);
        checkMethod(call, kind, path);
        if (CONTACT_KINDS.contains(kind)) {
            privileges.check(call.method(), "contact");
        }
        return switch (kind) {
            case WHO_AM_I -> whoAmI();
            case FIND_CONTACTS -> pages.find(call);
            case READ_CONTACT -> contacts.read(call, address(path));
            case CREATE_CONTACT -> contacts.create(call);
            case UPDATE_CONTACT -> contacts.update(call, address(path));
            case DELETE_CONTACT -> contacts.delete(call, address(path));
            case BATCH -> batch.run(call, this::answerPart);
            case METADATA -> metadata.read(call, Call.decode(path));
            case ROLES -> roles();
            case AUDIT_HISTORY -> history(call, Call.decode(path));
            case REGISTRATION -> register(call, path);
            default -> throw DataverseError.noSuchSegment(path.replaceFirst("[(/].*", ""));
        };
    }

    private Reply history(Call call, String path) {
        privileges.checkAudit();
        return audit.history(call, path);
    }

    private Reply register(Call call, String path) {
        SystemTable table = registration.table(path).orElseThrow();
        privileges.check(call.method(), table.logicalName());
        return registration.answer(call, table, path);
    }

    private Reply answerPart(Call part) {
        counters.batchPart();
        return faults.answer(this, kind(part), part);
    }

    private static void checkMethod(Call call, RouteKind kind, String path) {
        Set<String> allowed = switch (kind) {
            case WHO_AM_I, METADATA, ROLES, AUDIT_HISTORY -> Set.of("GET");
            case BATCH -> Set.of("POST");
            case FIND_CONTACTS -> Set.of("GET", "POST");
            case READ_CONTACT, UPDATE_CONTACT, DELETE_CONTACT -> Set.of("GET", "PATCH", "DELETE");
            default -> Set.of(call.method());
        };
        if (!allowed.contains(call.method())) {
            boolean function = kind == RouteKind.WHO_AM_I;
            throw new DataverseError(
                    function ? 404 : 405,
                    "",
                    function
                            ? "No HTTP resource was found that matches the request URI '" + path + "'."
                            : "The requested resource does not support http method '" + call.method() + "'.");
        }
    }

    /** The headers are optional; if present, they must be 4.0 and JSON. */
    private static void checkODataHeaders(Call call) {
        for (String name : new String[] {"OData-Version", "OData-MaxVersion"}) {
            if (call.header(name).filter(version -> !version.equals("4.0")).isPresent()) {
                throw DataverseError.query("The header '" + name + "' must be 4.0.");
            }
        }
        String accept = call.header("Accept").orElse("*/*");
        if (!accept.contains("application/json") && !accept.contains("*/*") && !accept.contains("multipart/mixed")) {
            throw new DataverseError(
                    415,
                    "",
                    "A supported MIME type could not be found that matches the acceptable MIME"
                            + " types for the request. The supported type(s) 'application/json' do not match '" + accept
                            + "'.");
        }
    }

    private Reply whoAmI() {
        ObjectNode body = Json.object();
        body.put("@odata.context", "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        body.put("BusinessUnitId", organization.toString());
        body.put("UserId", applicationUser.toString());
        body.put("OrganizationId", organization.toString());
        return Reply.json(200, body).with("OData-Version", "4.0").with("x-ms-dop-hint", "8");
    }

    private Reply roles() {
        ObjectNode body = Json.object();
        body.put("@odata.context", "$metadata#roles");
        ArrayNode roles = body.putArray("value");
        roles.addObject().put("name", "Consent Bridge").putNull("_roletemplateid_value");
        if (privileges.isSystemAdministrator()) {
            roles.addObject()
                    .put("name", "Systemadministrator")
                    .put("_roletemplateid_value", "627090ff-40a3-4053-8790-584edc5be201");
        }
        return Reply.json(200, body).with("OData-Version", "4.0");
    }

    private static String path(Call call) {
        Matcher path = WEB_API.matcher(call.rawPath());
        return path.matches() ? path.group(1) : "";
    }

    private static String address(String path) {
        Matcher matcher = CONTACT.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
