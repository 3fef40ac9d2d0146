using ChatOps.Host;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Architecture;

/// <summary>The services of a gateway, as the composition root registers them.</summary>
internal static class Composition
{
    public static IServiceCollection Services()
    {
        var data = Path.Combine(Path.GetTempPath(), "chatops-architecture");
        Directory.CreateDirectory(data);
        return new ServiceCollection().AddChatOps(new GatewaySetup(GatewayMode.Command, new ChatOpsOptions(), new GatewayPlaces(null, Path.Combine(data, "workspace")), data));
    }
}
