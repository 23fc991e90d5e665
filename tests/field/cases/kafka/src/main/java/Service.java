import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/** A broker that is its own controller, and one producer a tenant. */
public final class Service {

    private static final String BROKER = "127.0.0.1:19093";
    private static final int ROUNDS = 800;
    private static final byte[] VALUE = new byte[10_000];

    public static void main(String[] arguments) throws Exception {
        startBroker();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            admin.createTopics(List.of(new NewTopic("field", 1, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
        Tenants.inTurns(
                ROUNDS,
                tenant -> producers
                        .computeIfAbsent(tenant, Service::producer)
                        .send(new ProducerRecord<>("field", VALUE))
                        .get());
    }

    private static KafkaProducer<byte[], byte[]> producer(String tenant) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        BROKER,
                        "client.id",
                        tenant,
                        "acks",
                        "all",
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void startBroker() throws Exception {
        Path folder = Files.createTempDirectory("kafka");
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:19094",
                "listeners", "PLAINTEXT://" + BROKER + ",CONTROLLER://127.0.0.1:19094",
                "controller.listener.names", "CONTROLLER",
                "log.dirs", folder.toString(),
                "offsets.topic.replication.factor", "1"));
        Path file = folder.resolveSibling(folder.getFileName() + ".properties");
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(file, lines);
        StorageTool.execute(
                new String[] {"format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", file.toString()},
                System.out);
        new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM).startup();
    }
}
