package fathom.cli.protocols;

import java.util.List;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.json.JsonValue;

/**
 * A protocol in the JSON output.
 *
 * @param name its name
 * @param hash the SHA-256 of its definition
 * @param metrics the keys of its metrics
 * @param steps its steps in words
 * @param text its description, flaws and sources
 * @param definition everything that decides its numbers
 */
record ProtocolListing(String name, String hash, List<String> metrics, List<String> steps, String text,
        JsonValue definition) {
    static ProtocolListing of(Protocol protocol) {
        return new ProtocolListing(protocol.name(), protocol.hash(),
                protocol.metrics().stream().map(Metric::key).toList(), protocol.sentences(), protocol.text().plain(80),
                protocol.definition());
    }
}
