import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis broker without persistence, and a connection and a queue for each tenant. */
public final class Service {

    private static final int ROUNDS = 1500;
    private static final String URL = "tcp://127.0.0.1:39616";
    private static final byte[] BODY = new byte[20_000];

    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("tcp", URL);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        ServerLocator locator = ActiveMQClient.createServerLocator(URL);
        Map<String, Client> clients = new HashMap<>();
        Tenants.inTurns(ROUNDS, tenant -> {
            if (!clients.containsKey(tenant)) {
                clients.put(tenant, new Client(locator, tenant));
            }
            clients.get(tenant).sendAndReceive();
        });
    }

    private static final class Client {
        private final ClientSession session;
        private final ClientProducer producer;
        private final org.apache.activemq.artemis.api.core.client.ClientConsumer consumer;

        Client(ServerLocator locator, String tenant) throws Exception {
            ClientSessionFactory factory = locator.createSessionFactory();
            session = factory.createSession(tenant, "x", false, true, true, false, 0, tenant);
            session.createQueue(QueueConfiguration.of(tenant).setRoutingType(RoutingType.ANYCAST));
            producer = session.createProducer(tenant);
            consumer = session.createConsumer(tenant);
            session.start();
        }

        void sendAndReceive() throws Exception {
            ClientMessage message = session.createMessage(true);
            message.getBodyBuffer().writeBytes(BODY);
            producer.send(message);
            consumer.receive().acknowledge();
        }
    }
}
