//! The language server: what `check` finds while a file is edited, fixes, completion and navigation.
//!
//! One thread owns all state and answers in the order in which messages arrive. Before it checks, it takes all messages
//! that wait, so only the newest text of each document is checked. Protocol: Language Server Protocol 3.18.

mod actions;
mod answers;
mod checker;
mod client;
mod completion;
mod diagnostics;
mod documents;
mod edits;
mod hover;
mod navigation;
mod positions;
mod session;
mod symbols;
mod watch;

use std::collections::VecDeque;

use crossbeam_channel::{Receiver, never, select};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{InitializeParams, InitializeResult, ServerInfo};

use crate::fault;
use client::Client;
use session::Session;
use watch::Watch;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The client said goodbye: `shutdown`, then `exit`.
    Clean,
    /// The client is gone, or sent `exit` alone.
    Abrupt,
}

/// Serves a client until it leaves.
pub fn serve(connection: &Connection) -> End {
    let Some((id, params)) = wait_for_initialize(connection) else { return End::Abrupt };
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let client = Client::new(&params);
    let capabilities = client.server_capabilities();
    let server_info =
        Some(ServerInfo { name: "connlint".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) });
    let result = InitializeResult { capabilities, server_info };
    let mut server = Server::new(connection, client, &params);
    server.send(Response::new_ok(id, serde_json::to_value(result).unwrap_or_default()));
    server.run()
}

/// The request that begins a session; `None` if the client leaves before. Other requests are refused.
fn wait_for_initialize(connection: &Connection) -> Option<(RequestId, serde_json::Value)> {
    loop {
        match connection.receiver.recv().ok()? {
            Message::Request(Request { id, method, params }) if method == "initialize" => return Some((id, params)),
            Message::Request(Request { id, method, .. }) => {
                let message = format!("expected `initialize`, found `{method}`");
                let refusal = Response::new_err(id, ErrorCode::ServerNotInitialized as i32, message);
                connection.sender.send(refusal.into()).ok()?;
            }
            Message::Notification(notification) if notification.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
}

/// A session and the connection to its client.
struct Server<'a> {
    connection: &'a Connection,
    session: Session,
    /// Watches the folders where the client cannot.
    watch: Option<Watch>,
    /// The number of the next request to the client.
    next_request: i32,
    /// The request for the client's settings that is not answered yet.
    settings_request: Option<RequestId>,
    is_shut_down: bool,
}

impl<'a> Server<'a> {
    fn new(connection: &'a Connection, client: Client, params: &InitializeParams) -> Self {
        let session = Session::new(client, params);
        Self { connection, session, watch: None, next_request: 0, settings_request: None, is_shut_down: false }
    }

    /// Asks the client for its settings and for changes of files.
    fn begin(&mut self) {
        if let Some(registration) = self.session.client.watch_registration() {
            self.request("client/registerCapability", &registration);
        } else {
            match Watch::new() {
                Ok(watch) => self.watch = Some(watch),
                Err(error) => self.log(&format!("cannot watch for changes: {error}")),
            }
            self.watch_folders();
        }
        self.ask_for_settings();
    }

    /// Watches the folders of the client, where it does not.
    fn watch_folders(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        for message in watch.set(self.session.folders()) {
            self.log(&message);
        }
    }

    fn ask_for_settings(&mut self) {
        if let Some(question) = self.session.client.settings_question() {
            self.settings_request = Some(self.request("workspace/configuration", &question));
        }
    }

    fn run(&mut self) -> End {
        loop {
            let changes = self.watch.as_ref().map_or_else(never, |watch| watch.changes.clone());
            let Some(messages) = wait(&self.connection.receiver, &changes) else { return End::Abrupt };
            let mut messages = match messages {
                Waited::Messages(messages) => messages,
                Waited::FilesChanged => {
                    while changes.try_recv().is_ok() {}
                    self.session.files_changed();
                    VecDeque::new()
                }
            };
            while let Some(message) = messages.pop_front() {
                match message {
                    Message::Notification(notification) if notification.method == "exit" => {
                        return if self.is_shut_down { End::Clean } else { End::Abrupt };
                    }
                    Message::Notification(notification) => self.notified(notification),
                    Message::Request(request) => {
                        if take_cancellation(&mut messages, &request.id) {
                            let message = "canceled by the client".to_owned();
                            self.send(Response::new_err(request.id, ErrorCode::RequestCanceled as i32, message));
                        } else {
                            self.answer(request);
                        }
                    }
                    Message::Response(response) => self.answered(response),
                }
            }
            self.publish();
        }
    }

    fn notified(&mut self, notification: Notification) {
        let method = notification.method.clone();
        if method == "initialized" {
            self.begin();
            return;
        }
        match fault::guard(|| self.session.notify(&method, notification.params)) {
            Ok(true) => self.ask_for_settings(),
            Ok(false) => {}
            Err(fault) => self.log(&fault.to_string()),
        }
        if method == "workspace/didChangeWorkspaceFolders" {
            self.watch_folders();
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if method == "shutdown" {
            self.is_shut_down = true;
            self.send(Response::new_ok(id, ()));
            return;
        }
        if self.is_shut_down {
            let message = "the session is shut down".to_owned();
            self.send(Response::new_err(id, ErrorCode::InvalidRequest as i32, message));
            return;
        }
        let response = match fault::guard(|| answers::answer(&mut self.session, &method, params)) {
            Ok(Ok(result)) => Response::new_ok(id, result),
            Ok(Err((code, message))) => Response::new_err(id, code as i32, message),
            Err(fault) => {
                self.log(&fault.to_string());
                Response::new_err(id, ErrorCode::InternalError as i32, fault.to_string())
            }
        };
        self.send(response);
    }

    /// A client that answers with an error does without what it was asked for.
    fn answered(&mut self, response: Response) {
        if self.settings_request.as_ref() == Some(&response.id) {
            self.settings_request = None;
            if let Ok(result) = response.response_result {
                self.session.configure(result.get(0));
            }
        }
    }

    /// Sends what is found in the documents that changed.
    fn publish(&mut self) {
        let session = &mut self.session;
        let outcome = fault::guard(|| session.news());
        match outcome {
            Ok(news) => {
                for published in news.published {
                    self.notify("textDocument/publishDiagnostics", &published);
                }
                if news.refreshes {
                    self.request("workspace/diagnostic/refresh", &());
                }
                news.logged.iter().for_each(|message| self.log(message));
            }
            Err(fault) => self.log(&fault.to_string()),
        }
    }

    fn log(&self, message: &str) {
        self.notify("window/logMessage", &client::log(message));
    }

    fn notify(&self, method: &str, params: &impl serde::Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    fn request(&mut self, method: &str, params: &impl serde::Serialize) -> RequestId {
        self.next_request += 1;
        let id = RequestId::from(self.next_request);
        self.send(Request::new(id.clone(), method.to_owned(), params));
        id
    }

    /// A client that is gone gets nothing; its end is noticed when the next message is awaited.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }
}

enum Waited {
    /// Messages of the client, in order.
    Messages(VecDeque<Message>),
    /// Files changed on disk.
    FilesChanged,
}

/// Waits for the client or for changes of files; `None` once the client is gone.
fn wait(receiver: &Receiver<Message>, changes: &Receiver<()>) -> Option<Waited> {
    select! {
        recv(receiver) -> message => {
            let first = message.ok()?;
            Some(Waited::Messages(std::iter::once(first).chain(receiver.try_iter()).collect()))
        }
        recv(changes) -> _ => Some(Waited::FilesChanged),
    }
}

/// Whether one of the messages cancels the request; that message is taken out.
fn take_cancellation(messages: &mut VecDeque<Message>, id: &RequestId) -> bool {
    let cancels = |message: &Message| match message {
        Message::Notification(Notification { method, params }) if method == "$/cancelRequest" => {
            serde_json::from_value::<RequestId>(params["id"].clone()).is_ok_and(|canceled| canceled == *id)
        }
        _ => false,
    };
    let found = messages.iter().position(cancels);
    found.and_then(|at| messages.remove(at)).is_some()
}
