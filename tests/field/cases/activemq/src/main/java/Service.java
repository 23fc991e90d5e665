import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.Message;

/** An ActiveMQ Classic broker without persistence, and a connection and a queue for each tenant. */
public final class Service {

    private static final int ROUNDS = 400;
    private static final String URL = "tcp://127.0.0.1:19617";
    private static final byte[] BODY = new byte[1_000];

    public static void main(String[] arguments) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setPlugins(new BrokerPlugin[] {WorkFilter::new});
        broker.addConnector(URL);
        broker.start();
        broker.waitUntilStarted();
        Map<String, Client> clients = new HashMap<>();
        Tenants.inTurns(ROUNDS, tenant -> {
            if (!clients.containsKey(tenant)) {
                clients.put(tenant, new Client(tenant));
            }
            clients.get(tenant).sendAndReceive();
        });
    }

    /** Does the work for each message that a client sends. */
    private static final class WorkFilter extends BrokerFilter {

        WorkFilter(Broker next) {
            super(next);
        }

        @Override
        public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
            Tenants.work();
            super.send(exchange, message);
        }
    }

    private static final class Client {
        private final Session session;
        private final MessageProducer producer;
        private final MessageConsumer consumer;

        Client(String tenant) throws JMSException {
            Connection connection =
                    new ActiveMQConnectionFactory(tenant, "x", URL).createConnection();
            connection.start();
            session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Queue queue = session.createQueue(tenant);
            producer = session.createProducer(queue);
            consumer = session.createConsumer(queue);
        }

        void sendAndReceive() throws JMSException {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(BODY);
            producer.send(message);
            consumer.receive();
        }
    }
}
