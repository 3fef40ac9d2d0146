using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Checks;

/// <summary>README's walk "Watch three servers", as it is written: a full disk, an ending certificate and a crash loop on three machines, each found, explained, proposed, approved, mended, verified and recorded.</summary>
public sealed class WatchThreeServersTests
{
    [Fact]
    public async Task The_walk_of_the_readme_holds_and_a_model_looks_into_the_three()
    {
        await using var model = await ModelServer.StartAsync();
        model.Otherwise = asked => ModelGateway.Turn(asked).Results.Count == 0 ? ModelReply.Call("check_list") : ModelReply.Say("What shows it stands above. The likely cause is what the note names; I am fairly sure.");
        var said = await Walk.RunAsync("watch-three-servers.sh", TestContext.Current.CancellationToken, new Dictionary<string, string>
        {
            ["CHATOPS__Models__0__Name"] = "main", ["CHATOPS__Models__0__Provider"] = "openai", ["CHATOPS__Models__0__Model"] = "scripted", ["CHATOPS__Models__0__BaseUrl"] = model.OpenAiUrl,
            ["CHATOPS__Models__0__ApiKey"] = model.Key, ["CHATOPS__Checks__Investigations__AtOnce"] = "3",
        });
        Assert.Contains("\"Watch three servers\" holds", said, StringComparison.Ordinal);
        Assert.Empty(model.Violations);
        // Findings that wait behind each other are answered together, so there are three questions at most.
        Assert.InRange(model.Requests.Count(r => ModelGateway.Turn(r).Results.Count == 0), 1, 3);
        Assert.All(new[] { "data-disk", "site-certificate", "shop" }, check => Assert.Contains(model.Requests, r => r.Messages.ToJsonString().Contains($"Look into a finding: the check {check} (", StringComparison.Ordinal)));
    }
}
