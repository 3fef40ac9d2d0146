using ChatOps.Host;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Security;

/// <summary>Every address of the gateway with everything on stands in docs/threat-model.md with who is let in; that the others refuse a nobody is tried in <c>HttpApiTests</c>.</summary>
public sealed class EndpointTests
{
    private const string Begin = "<!-- endpoints -->";
    private const string End = "<!-- end of endpoints -->";

    [Fact]
    public async Task Every_address_is_listed_with_who_is_let_in()
    {
        using var folder = new TempDirectory();
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "http://127.0.0.1:0";
        options.Fleet.Relay.Enabled = true;
        options.Web.Enabled = true;
        Directory.CreateDirectory(folder["workspace"]);
        Directory.CreateDirectory(folder["data"]);
        await using var app = GatewayHost.Build(new GatewaySetup(GatewayMode.Gateway, options, new GatewayPlaces(null, folder["workspace"]), folder["data"]));
        var routes = app.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)app).DataSources).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();
        var real = routes.SelectMany(r => (r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]).DefaultIfEmpty("any").Select(m => $"{m} /{r.RoutePattern.RawText!.TrimStart('/')}")).Distinct().Order(StringComparer.Ordinal);

        var file = RepositoryFiles.Of("docs/threat-model.md");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var table = text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..text.IndexOf(End, StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|')).ToList();

        Assert.Equal(real, rows.Select(r => r[1].Trim().Trim('`')).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.False(string.IsNullOrWhiteSpace(r[2]), $"{r[1]}: who?"));
    }
}
