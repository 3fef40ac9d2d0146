using ChatOps.Cli;
using ChatOps.Tools;

namespace ChatOps.Tests.Cli;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(InvocationStatus.Done, FailureCode.None, 0)]
    [InlineData(InvocationStatus.Failed, FailureCode.ExitStatus, 1)]
    [InlineData(InvocationStatus.Failed, FailureCode.TimedOut, 1)]
    [InlineData(InvocationStatus.Refused, FailureCode.BadArguments, 2)]
    [InlineData(InvocationStatus.Refused, FailureCode.UnknownTool, 2)]
    [InlineData(InvocationStatus.Refused, FailureCode.NotAllowed, 3)]
    [InlineData(InvocationStatus.Refused, FailureCode.Forbidden, 3)]
    [InlineData(InvocationStatus.Refused, FailureCode.PlanDrifted, 3)]
    [InlineData(InvocationStatus.Refused, FailureCode.ApprovalDenied, 4)]
    [InlineData(InvocationStatus.Refused, FailureCode.ApprovalExpired, 4)]
    [InlineData(InvocationStatus.Waiting, FailureCode.None, 4)]
    [InlineData(InvocationStatus.Partial, FailureCode.ExitStatus, 5)]
    [InlineData(InvocationStatus.Unknown, FailureCode.Interrupted, 6)]
    [InlineData(InvocationStatus.Refused, FailureCode.StoreUnavailable, 1)]
    [InlineData(InvocationStatus.Refused, FailureCode.NoTargets, 1)]
    public void Scripts_can_rely_on_the_code_of_every_outcome(InvocationStatus status, FailureCode failure, int code)
    {
        Assert.Equal(code, ExitCodes.Of(status, failure));
    }

    [Fact]
    public void Only_done_is_zero()
    {
        foreach (var status in Enum.GetValues<InvocationStatus>().Where(s => s != InvocationStatus.Done))
        {
            foreach (var failure in Enum.GetValues<FailureCode>()) Assert.NotEqual(0, ExitCodes.Of(status, failure));
        }
    }
}
