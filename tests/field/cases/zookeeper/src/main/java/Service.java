import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper server that stands alone, and a client for each tenant. */
public final class Service {

    private static final int ROUNDS = 2500;
    private static final byte[] VALUE = new byte[10_000];

    public static void main(String[] arguments) throws Exception {
        System.setProperty("zookeeper.admin.enableServer", "false");
        System.setProperty("zookeeper.forceSync", "no");
        ServerCnxnFactory factory =
                ServerCnxnFactory.createFactory(new InetSocketAddress("127.0.0.1", 19181), 100);
        factory.startup(new ZooKeeperServer(
                Files.createTempDirectory("zookeeper").toFile(),
                Files.createTempDirectory("zookeeper").toFile(),
                2000));
        Map<String, ZooKeeper> clients = new HashMap<>();
        Tenants.inTurns(ROUNDS, tenant -> {
            if (!clients.containsKey(tenant)) {
                clients.put(tenant, client(tenant));
            }
            clients.get(tenant).setData("/" + tenant, VALUE, -1);
            clients.get(tenant).getData("/" + tenant, false, null);
        });
    }

    private static ZooKeeper client(String tenant) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper("127.0.0.1:19181", 30_000, event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        client.create("/" + tenant, VALUE, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        return client;
    }
}
