import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;

import java.util.HashMap;
import java.util.Map;

/** A Hazelcast member; each tenant has a client, and a map with an entry to process. */
public final class Service {

    private static final int ROUNDS = 400;

    public static void main(String[] arguments) throws Exception {
        Config config = new Config();
        config.getNetworkConfig().setPort(19701).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        Hazelcast.newHazelcastInstance(config);
        Map<String, IMap<String, Integer>> maps = new HashMap<>();
        Tenants.inTurns(
                ROUNDS,
                tenant ->
                        maps.computeIfAbsent(tenant, Service::map).executeOnKey("key", new Work()));
    }

    private static IMap<String, Integer> map(String tenant) {
        ClientConfig config = new ClientConfig();
        config.setInstanceName(tenant);
        config.getNetworkConfig().addAddress("127.0.0.1:19701");
        IMap<String, Integer> map = HazelcastClient.newHazelcastClient(config).getMap(tenant);
        map.put("key", 0);
        return map;
    }

    /** What the member does for a request. */
    public static final class Work implements EntryProcessor<String, Integer, Integer> {

        private static final long serialVersionUID = 1;

        @Override
        public Integer process(Map.Entry<String, Integer> entry) {
            Tenants.work();
            return entry.getValue();
        }
    }
}
