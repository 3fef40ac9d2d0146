namespace ChatOps.Channels.Slack;

/// <summary>Listens, whichever way Slack's events come: signs in, opens the intake, and closes it at the end.</summary>
internal sealed class SlackListener(SlackSignIn signIn, SlackIntake intake, SocketMode sockets, SlackHealth health, SlackOptions options)
{
    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="ChannelFatalException">Slack has said something that no retry mends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            intake.Open(await signIn.SignInAsync(cancellationToken));
            if (options.Mode == SlackMode.Socket)
            {
                await sockets.RunAsync(cancellationToken);
            }
            else
            {
                health.Disconnected(null);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
        catch (ChannelFatalException error)
        {
            health.Disconnected(error.Message);
            throw;
        }
        finally
        {
            intake.Close();
            if (cancellationToken.IsCancellationRequested) health.Disconnected("The channel is stopped.");
        }
    }
}
