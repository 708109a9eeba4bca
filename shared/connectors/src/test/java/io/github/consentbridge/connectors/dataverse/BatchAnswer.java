package io.github.consentbridge.connectors.dataverse;

/** A hand-written answer to a batch, in the form that Dataverse documents. */
public final class BatchAnswer {
    public static final String TYPE = "multipart/mixed; boundary=batchresponse_4a21";
    public static final String WRITTEN = """
            HTTP/1.1 204 No Content
            OData-Version: 4.0

            """;

    private final StringBuilder text = new StringBuilder();

    public BatchAnswer part(String answer) {
        text.append("--batchresponse_4a21\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n")
                .append(answer)
                .append('\n');
        return this;
    }

    public BatchAnswer refused(int status, String code) {
        return part("HTTP/1.1 " + status
                + " Some Reason\nREQ_ID: r-1\nContent-Type: application/json; odata.metadata=minimal\n"
                + "OData-Version: 4.0\n\n{\"error\":{\"code\":\"" + code + "\",\"message\":\"Some reason\"}}");
    }

    /** The complete answer, with CRLF as on the wire. */
    public String end() {
        return (text + "--batchresponse_4a21--\n").replace("\n", "\r\n");
    }

    /** Without the closing boundary. */
    public String cut() {
        return text.toString().replace("\n", "\r\n");
    }
}
