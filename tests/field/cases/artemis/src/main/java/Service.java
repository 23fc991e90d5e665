import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** An Artemis broker without persistence, and a connection and a queue for each tenant. */
public final class Service {

    private static final int ROUNDS = 400;
    private static final String URL = "tcp://127.0.0.1:19616";
    private static final byte[] BODY = new byte[1_000];

    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("tcp", URL);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        configuration.registerBrokerPlugin(new WorkPlugin());
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

    /** Does the work for each message that a client sends. */
    private static final class WorkPlugin implements ActiveMQServerMessagePlugin {
        @Override
        public void beforeSend(
                ServerSession session,
                Transaction transaction,
                Message message,
                boolean direct,
                boolean noAutoCreateQueue) {
            Tenants.work();
        }
    }

    private static final class Client {
        private final ClientSession session;
        private final ClientProducer producer;
        private final ClientConsumer consumer;

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
