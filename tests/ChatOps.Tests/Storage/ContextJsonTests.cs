using System.Reflection;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage.Stores;
using ChatOps.Tools;

namespace ChatOps.Tests.Storage;

public sealed class ContextJsonTests
{
    private static readonly InboundContext Full = new()
    {
        Group = "ops", Anchor = "17", Files = [new InboundFile(InboundFileKind.Voice, "ref", "note.ogg")], Heard = new Heard("status", "en", "m1"), Joined = ["i2"],
        Pause = new BudgetPause("ana", 100, DateTimeOffset.UnixEpoch), Below = "m2", Trace = "00-1-2-01", Schedule = "nightly", Quiet = true, Finding = "f1", Tenant = "T1",
    };

    private static IEnumerable<PropertyInfo> Settable => typeof(InboundContext).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    [Fact]
    public void Nothing_costs_nothing()
    {
        Assert.Null(ContextJson.Write(InboundContext.None));
        Assert.Null(ContextJson.Write(new InboundContext()));
        Assert.Same(InboundContext.None, ContextJson.Read(null));
    }

    [Fact]
    public void Whatever_a_context_holds_alone_is_kept()
    {
        foreach (var property in Settable)
        {
            var alone = new InboundContext();
            property.SetValue(alone, property.GetValue(Full));
            Assert.True(Json.Write(property.GetValue(alone)) != Json.Write(property.GetValue(InboundContext.None)), $"{property.Name} has no example.");

            var kept = ContextJson.Read(ContextJson.Write(alone));

            Assert.Equal(Json.Write(property.GetValue(alone)), Json.Write(property.GetValue(kept)));
        }
    }
}
