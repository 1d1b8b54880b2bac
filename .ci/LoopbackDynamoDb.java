import java.net.InetAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Starts DynamoDB Local, in memory, on a free port of the loopback interface alone (its own main listens on all), and prints the port. */
public class LoopbackDynamoDb {
  public static void main(String[] args) throws Exception {
    String[] options = {"-inMemory", "-sharedDb", "-port", "8000", "-disableTelemetry"};
    DynamoDBProxyServer local = ServerRunner.createServerFromCommandLineArgs(options);
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    var connector = (ServerConnector) ((Server) field.get(local)).getConnectors()[0];
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(0);
    local.start();
    System.out.println("port " + connector.getLocalPort());
    local.join();
  }
}
